import type { Seconds } from "../../units.ts";
import type { Reader } from "../../world.ts";
import { ByteWindow } from "./byte-window.ts";
import { isOggVideo, type OggCodec, readOggCodec } from "./ogg-codec.ts";
import {
  bodyOf,
  headerBytes,
  isIntact,
  longestPageBytes,
  nextPage,
  type Page,
  packetsOf,
  pageAt,
} from "./ogg-page.ts";
import { skipFrontTags } from "./tags.ts";
import { type Flaw, type Follower, unknownWalk, type Walk } from "./walk.ts";

/** A film has some; a file with more that begin together is made to keep us busy. */
const mostStreams = 100;

/** One logical stream, as far as its pages were seen. */
interface Stream {
  readonly serial: number;
  readonly codec: OggCodec | null;
  readonly isVideo: boolean;
  /** Samples so far; their rate is the codec's. */
  samples: number;
  /** The granule position of the last page that had one; null before. */
  granule: number | null;
}

/** The streams that begin together; a chained file has several links, one after the other. */
interface Link {
  /** How long the links before it are, in all. */
  readonly before: Seconds;
  readonly streams: Stream[];
  hasData: boolean;
}

/**
 * Walks through the pages of an Ogg file: of each link in the chain, the first audio stream counts.
 * The granule positions are added up step by step, so that a stream that does not begin at zero,
 * a page that is missing and one that is damaged lengthen nothing.
 */
export async function walkOgg(reader: Reader, follower: Follower): Promise<Walk> {
  const window = new ByteWindow(reader, follower.onAdvance);
  const links: Link[] = [];
  const flaws = { garbage: 0, gap: false, isCut: false };
  let safe = -1;
  for (let position = await skipFrontTags(reader); position + headerBytes <= reader.sizeBytes; ) {
    if (position >= safe) {
      await window.move(position);
      safe = window.safeUntil(longestPageBytes);
    }
    const page = pageAt(window.bytes, position - window.start);
    if (page === "cut") {
      flaws.isCut = true;
      break;
    }
    if (page === null) {
      const next = nextPage(window.bytes, position - window.start + 1) - (position - window.start);
      flaws.garbage += next;
      position += next;
      continue;
    }
    const stream = streamOf(links, page);
    if (stream !== undefined && !page.isFirst) {
      const before = lengthOf(stream);
      advance(stream, page, flaws);
      if (follower.onFrame !== undefined && isCounted(links, stream)) {
        const time = finished(links) + before;
        follower.onFrame({
          offset: position,
          length: page.length,
          time,
          duration: lengthOf(stream) - before,
        });
      }
    }
    position += page.length;
  }
  return summarize(links, flaws);
}

function streamOf(links: Link[], page: Page): Stream | undefined {
  let link = links.at(-1);
  if (page.isFirst) {
    if (link === undefined || link.hasData) {
      link = { before: durationOf(links), streams: [], hasData: false };
      links.push(link);
    }
    if (link.streams.length >= mostStreams) return undefined;
    const packet = bodyOf(page);
    const facts = { codec: readOggCodec(packet), isVideo: isOggVideo(packet) };
    link.streams.push({ serial: page.serial, ...facts, samples: 0, granule: null });
  } else if (link !== undefined) {
    link.hasData = true;
  }
  return link?.streams.find(({ serial }) => serial === page.serial);
}

/** Counts a page's samples. */
function advance(stream: Stream, page: Page, flaws: { gap: boolean }): void {
  const { codec } = stream;
  if (codec === null || page.granule === null) return;
  const step = page.granule - (stream.granule ?? 0);
  const isUsual = step >= 0 && step <= page.packets * codec.usualPacket;
  const most = isUsual ? step : codec.mostSamples(packetsOf(page));
  if (step < 0 || step > most) {
    // Either the page is damaged, or pages are missing before it, or the stream begins late.
    if (!isIntact(page)) {
      flaws.gap = true;
      return;
    }
    flaws.gap ||= stream.granule !== null;
    stream.granule = page.granule;
    stream.samples += step < 0 ? 0 : most;
    return;
  }
  const least = understatedBy(page, step, codec);
  flaws.gap ||= least > 0;
  stream.granule = page.granule;
  stream.samples += Math.max(step, least);
}

/**
 * How many samples a page holds at least, if its position tells of less than half of them: 0 if not.
 * The last page's position may cut off any number, and header pages are at 0.
 */
function understatedBy(page: Page, step: number, codec: OggCodec): number {
  if (page.isLast || page.granule === 0 || step >= (page.packets * codec.usualPacket) / 2) return 0;
  const least = codec.leastSamples(packetsOf(page));
  return step < least / 2 ? least : 0;
}

/** The stream that counts of a link: its first with audio. */
function countedOf({ streams }: Link): Stream | undefined {
  return streams.find(({ codec }) => codec !== null);
}

function isCounted(links: readonly Link[], stream: Stream): boolean {
  const last = links.at(-1);
  return last !== undefined && countedOf(last) === stream;
}

/** How long the links are that came before the last one. */
function finished(links: readonly Link[]): Seconds {
  return links.at(-1)?.before ?? 0;
}

function durationOf(links: readonly Link[]): Seconds {
  const last = links.at(-1);
  const counted = last === undefined ? undefined : countedOf(last);
  return finished(links) + (counted === undefined ? 0 : lengthOf(counted));
}

function lengthOf({ codec, samples }: Stream): Seconds {
  return codec === null ? 0 : Math.max(0, samples - codec.delay) / codec.granuleRate;
}

function summarize(
  links: readonly Link[],
  { garbage, gap, isCut }: { readonly garbage: number; readonly gap: boolean; readonly isCut: boolean },
): Walk {
  const streams = links.flatMap((link) => countedOf(link) ?? []);
  const codec = streams[0]?.codec;
  if (codec == null) return unknownWalk;
  const atOnce = links.reduce(
    (most, link) => Math.max(most, link.streams.filter((stream) => stream.codec !== null).length),
    0,
  );
  const flaws: Flaw[] = [];
  if (isCut) flaws.push({ kind: "truncated" });
  if (garbage > 0) flaws.push({ kind: "garbage", bytes: garbage });
  if (gap) flaws.push({ kind: "gap" });
  if (atOnce > 1) flaws.push({ kind: "streams", count: atOnce });
  const duration = durationOf(links);
  return {
    codec: codec.name,
    channels: codec.channels,
    sampleRate: codec.sampleRate,
    duration: duration > 0 ? duration : null,
    durationFrom: duration > 0 ? "scan" : "unknown",
    stated: null,
    flaws,
    tracks: 1,
    bytesPerSecond: null,
    hasVideo: links.some((link) => link.streams.some(({ isVideo }) => isVideo)),
  };
}
