import { isText } from "./tags.ts";
import { plausibleRate } from "./walk.ts";

/** What an audio stream in Ogg tells of itself in its first packet. */
export interface OggCodec {
  readonly name: string;
  readonly channels: number;
  /** Of the recording, in Hz. */
  readonly sampleRate: number;
  /** Of the granule positions, in Hz. */
  readonly granuleRate: number;
  /** Samples at the beginning that a decoder drops. */
  readonly delay: number;
  /** What a packet holds at most in most files; where pages hold more, they are looked at closely. */
  readonly usualPacket: number;
  /** The most samples that a page's packets can hold: exact where a packet tells its own. */
  mostSamples(page: OggPackets): number;
  /** The least that they can hold. */
  leastSamples(page: OggPackets): number;
}

/** The packets that end on a page. */
export interface OggPackets {
  readonly body: Uint8Array;
  /** The lengths of the body's segments. */
  readonly lacing: Uint8Array;
  readonly packets: number;
  /** Whether the first of them began on the page before. */
  readonly isContinued: boolean;
}

/** Reads a stream's first packet; null for one that is no audio, or whose codec is not known. */
export function readOggCodec(packet: Uint8Array): OggCodec | null {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (isText(packet, 0, "OpusHead") && packet.length >= 19) return readOpus(view);
  if (isText(packet, 0, "\u0001vorbis") && packet.length >= 29) return readVorbis(view);
  if (isText(packet, 0, "\u007fFLAC") && packet.length >= 13 + 38) return readFlac(view);
  if (isText(packet, 0, "Speex   ") && packet.length >= 68) return readSpeex(view);
  return null;
}

/** Whether a stream's first packet is that of a video codec: Theora, Dirac, VP8. */
export function isOggVideo(packet: Uint8Array): boolean {
  return ["\u0080theora", "BBCD", "OVP80"].some((magic) => isText(packet, 0, magic));
}

/** Opus counts at 48 kHz, whatever was recorded [RFC 7845]. */
function readOpus(view: DataView): OggCodec {
  return {
    name: "opus",
    channels: view.getUint8(9),
    sampleRate: 48_000,
    granuleRate: 48_000,
    delay: view.getUint16(10, true),
    usualPacket: 960,
    mostSamples: (page) => opusSamples(page, longestOpusPacket),
    leastSamples: (page) => opusSamples(page, 0),
  };
}

/** The most that one Opus packet holds: 120 ms. */
const longestOpusPacket = 5_760;

/**
 * The samples of a page's packets, as each tells in its first byte [RFC 6716, section 3.1];
 * of one that began on the page before, which is not seen, so many.
 */
function opusSamples({ body, lacing, isContinued }: OggPackets, unseen: number): number {
  let samples = 0;
  let at = 0;
  let begin = 0;
  for (const size of lacing) {
    at += size;
    if (size === 255) continue;
    const isWhole = begin > 0 || !isContinued;
    samples += isWhole ? opusPacketSamples(body[begin] ?? 0, body[begin + 1] ?? 0) : unseen;
    begin = at;
  }
  return samples;
}

function opusPacketSamples(toc: number, second: number): number {
  const config = toc >> 3;
  const silk = [480, 960, 1_920, 2_880];
  const frame =
    config < 12 ? (silk[config & 3] ?? 0) : config < 16 ? (config & 1 ? 960 : 480) : 120 << (config & 3);
  const frames = [1, 2, 2, second & 0x3f][toc & 3] ?? 1;
  return Math.min(frame * frames, longestOpusPacket);
}

/** A packet holds at most half of the longer of two block sizes [the Vorbis I specification, 4.2.2 and 4.3.8]. */
function readVorbis(view: DataView): OggCodec | null {
  const sampleRate = plausibleRate(view.getUint32(12, true));
  const half = (1 << (view.getUint8(28) >> 4)) / 2;
  if (sampleRate === null || half < 32 || half > 4_096) return null;
  const mostSamples = ({ packets }: OggPackets) => packets * half;
  const shortHalf = (1 << (view.getUint8(28) & 15)) / 2;
  const leastSamples = ({ packets }: OggPackets) => packets * Math.min(shortHalf, half);
  return {
    name: "vorbis",
    channels: view.getUint8(11),
    sampleRate,
    granuleRate: sampleRate,
    delay: 0,
    usualPacket: half,
    mostSamples,
    leastSamples,
  };
}

/** The first packet holds FLAC's own STREAMINFO [the FLAC-to-Ogg mapping]. */
function readFlac(view: DataView): OggCodec | null {
  const sampleRate = plausibleRate(view.getUint32(27) >>> 12);
  if (sampleRate === null) return null;
  const most = view.getUint16(19);
  const mostSamples = ({ packets }: OggPackets) => packets * most;
  const least = Math.min(view.getUint16(17), most);
  const leastSamples = ({ packets }: OggPackets) => packets * least;
  const channels = ((view.getUint8(29) >> 1) & 7) + 1;
  return {
    name: "flac",
    channels,
    sampleRate,
    granuleRate: sampleRate,
    delay: 0,
    usualPacket: most,
    mostSamples,
    leastSamples,
  };
}

function readSpeex(view: DataView): OggCodec | null {
  const sampleRate = plausibleRate(view.getUint32(36, true));
  if (sampleRate === null) return null;
  const perPacket = Math.min(view.getUint32(56, true) * Math.max(1, view.getUint32(64, true)), 8_192);
  const mostSamples = ({ packets }: OggPackets) => packets * perPacket;
  const leastSamples = mostSamples;
  const channels = view.getUint32(48, true);
  return {
    name: "speex",
    channels,
    sampleRate,
    granuleRate: sampleRate,
    delay: 0,
    usualPacket: perPacket,
    mostSamples,
    leastSamples,
  };
}
