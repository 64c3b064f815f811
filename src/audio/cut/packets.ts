import {
  AdtsOutputFormat,
  type AudioCodec,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  FlacOutputFormat,
  type InputAudioTrack,
  Mp3OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  WavOutputFormat,
} from "mediabunny";
import type { Seconds } from "../../units.ts";
import type { Reader, Writer } from "../../world.ts";
import type { ContainerKey } from "../containers.ts";
import type { Range } from "../piece.ts";
import { targetOn } from "../target.ts";
import { openPackets } from "../walk/packets-input.ts";
import { typeOfPackets } from "./types.ts";

/** What was copied into a piece: its type, and when it begins and ends in the recording's own time. */
export interface CopiedPackets {
  readonly mimeType: string;
  readonly start: Seconds;
  readonly end: Seconds;
  /** How much there was no packet for. */
  readonly missing: Seconds;
}

interface Copying {
  readonly reader: Reader;
  readonly key: ContainerKey;
  /** Which audio track, from 0. */
  readonly track: number;
  readonly writer: Writer;
  readonly range: Range;
}

/**
 * Copies the packets of a range, as they are, into a file that Gemini takes: AAC into ADTS, Vorbis and
 * Opus into Ogg, FLAC, MP3 and PCM into files of their own. Null when the codec fits into none of them,
 * or no packet lies in the range. Runs as a job, because mediabunny may never end on damaged files.
 */
export async function copyPackets(copying: Copying): Promise<CopiedPackets | null> {
  const { reader, writer, range } = copying;
  const input = openPackets(reader);
  try {
    const track = (await input.getAudioTracks())[copying.track];
    const codec = track === undefined ? null : await track.getCodec();
    const kind = codec === null ? null : targetOf(codec);
    if (track === undefined || codec === null || kind === null) return null;
    const output = new Output({ format: kind.format, target: targetOn(writer) });
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source);
    await output.start();
    const copied = await copy(track, { source, range, codec, key: copying.key });
    if (copied === null) {
      await output.cancel();
      return null;
    }
    await output.finalize();
    return { mimeType: kind.mimeType, ...copied };
  } finally {
    input.dispose();
  }
}

interface Target {
  readonly format: OutputFormat;
  readonly mimeType: string;
}

function targetOf(codec: AudioCodec): Target | null {
  const mimeType = typeOfPackets(codec);
  switch (mimeType) {
    case "audio/aac":
      return { format: new AdtsOutputFormat(), mimeType };
    case "audio/ogg":
      return { format: new OggOutputFormat(), mimeType };
    case "audio/flac":
      return { format: new FlacOutputFormat(), mimeType };
    case "audio/mp3":
      return { format: new Mp3OutputFormat({ xingHeader: false }), mimeType };
    case "audio/wav":
      return { format: new WavOutputFormat(), mimeType };
    case null:
      return null;
  }
}

/** Not every packet's length is known; what is longer than any packet is a hole. */
const longestBlank: Seconds = 0.25;

async function copy(
  track: InputAudioTrack,
  {
    source,
    range,
    codec,
    key,
  }: { source: EncodedAudioPacketSource; range: Range; codec: AudioCodec; key: ContainerKey },
): Promise<Omit<CopiedPackets, "mimeType"> | null> {
  const sink = new EncodedPacketSink(track);
  // A transport stream begins at any time; what an edit list cuts off begins before zero.
  const origin = Math.max(0, await track.getFirstTimestamp());
  const decoderConfig = await track.getDecoderConfig();
  const isPlain = codec.startsWith("pcm");
  const rate = await track.getSampleRate();
  const span = { start: range.start + origin, end: range.end + origin };
  const first = await firstPacket(sink, { time: span.start, codec });
  if (first === null || decoderConfig === null) return null;
  let bounds: { start: Seconds; end: Seconds } | null = null;
  let missing: Seconds = 0;
  for (let packet: EncodedPacket | null = first; packet !== null; packet = await sink.getNextPacket(packet)) {
    if (packet.timestamp >= span.end) break;
    const wanted = isPlain ? trimmed(packet, span, rate) : packet;
    const base: Seconds = bounds?.start ?? wanted.timestamp;
    const meta = bounds === null ? { decoderConfig } : undefined;
    await source.add(wanted.clone({ timestamp: Math.max(0, wanted.timestamp - base) }), meta);
    const hole = bounds === null ? 0 : wanted.timestamp - bounds.end;
    if (hole > longestBlank) missing += hole;
    bounds = { start: base, end: wanted.timestamp + wanted.duration };
  }
  if (bounds === null) return null;
  const isBeginning = first.timestamp <= (await track.getFirstTimestamp());
  const lost = isBeginning ? 0 : lostAtStart({ codec, key, first, head: decoderConfig.description });
  return { start: bounds.start + lost - origin, end: bounds.end - origin, missing };
}

interface Start {
  readonly codec: AudioCodec;
  readonly key: ContainerKey;
  readonly first: EncodedPacket;
  readonly head: AudioDecoderConfig["description"] | undefined;
}

/** How much of a piece from the middle of a recording a decoder does not play. */
function lostAtStart({ codec, key, first, head }: Start): Seconds {
  // Vorbis plays nothing for the first packet: it only readies the decoder for the next.
  if (codec === "vorbis") return first.duration;
  // Of Opus, what the head says is skipped at every start; the times in Ogg know of that, in Matroska not.
  if (codec !== "opus" || key !== "ogg" || head === undefined) return 0;
  const bytes = ArrayBuffer.isView(head) ? new DataView(head.buffer, head.byteOffset) : new DataView(head);
  return bytes.byteLength < 12 ? 0 : bytes.getUint16(10, true) / 48_000;
}

/** The samples of a packet that lie in a range: packets of PCM can be many seconds long. */
function trimmed(packet: EncodedPacket, { start, end }: Range, rate: number): EncodedPacket {
  const { data, timestamp, duration } = packet;
  const samples = Math.round(duration * rate);
  const sampleBytes = data.length / samples;
  const from = Math.max(0, Math.floor((start - timestamp) * rate));
  const to = Math.min(samples, Math.ceil((end - timestamp) * rate));
  if (!Number.isInteger(sampleBytes) || to <= from || (from === 0 && to === samples)) return packet;
  return packet.clone({
    data: data.subarray(from * sampleBytes, to * sampleBytes),
    timestamp: timestamp + from / rate,
    duration: (to - from) / rate,
  });
}

/** How long Opus' decoder takes to settle in the middle of a stream [RFC 7845, 4.6]. */
const opusSettling: Seconds = 0.08;

/** The packet that plays at a time; of Vorbis the one before it, of Opus those that settle the decoder. */
async function firstPacket(
  sink: EncodedPacketSink,
  { time, codec }: { readonly time: Seconds; readonly codec: AudioCodec },
): Promise<EncodedPacket | null> {
  const wanted = codec === "opus" ? time - opusSettling : time;
  const found = (await sink.getPacket(wanted)) ?? (await sink.getFirstPacket());
  if (codec !== "vorbis" || found === null) return found;
  return (await sink.getPacket(found.timestamp - found.duration / 2)) ?? found;
}
