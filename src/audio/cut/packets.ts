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
  StreamTarget,
  WavOutputFormat,
} from "mediabunny";
import type { Seconds } from "../../units.ts";
import type { Reader, Writer } from "../../world.ts";
import type { Range } from "../piece.ts";
import { openPackets } from "../walk/packets-input.ts";
import { writableTo } from "../writable.ts";
import { typeOfPackets } from "./types.ts";

/** What was copied into a piece: its type, and when it begins and ends in the recording's own time. */
export interface CopiedPackets {
  readonly mimeType: string;
  readonly start: Seconds;
  readonly end: Seconds;
}

interface Copying {
  readonly reader: Reader;
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
    const output = new Output({ format: kind.format, target: new StreamTarget(writableTo(writer)) });
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source);
    await output.start();
    const copied = await copy(track, { source, range, codec });
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

async function copy(
  track: InputAudioTrack,
  { source, range, codec }: { source: EncodedAudioPacketSource; range: Range; codec: AudioCodec },
): Promise<{ readonly start: Seconds; readonly end: Seconds } | null> {
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
  for (let packet: EncodedPacket | null = first; packet !== null; packet = await sink.getNextPacket(packet)) {
    if (packet.timestamp >= span.end) break;
    const wanted = isPlain ? trimmed(packet, span, rate) : packet;
    const base: Seconds = bounds?.start ?? wanted.timestamp;
    const meta = bounds === null ? { decoderConfig } : undefined;
    await source.add(wanted.clone({ timestamp: Math.max(0, wanted.timestamp - base) }), meta);
    bounds = { start: base, end: wanted.timestamp + wanted.duration };
  }
  if (bounds === null) return null;
  // Vorbis plays nothing for the first packet: it only readies the decoder for the next.
  const readying = codec === "vorbis" && range.start > 0 ? first.duration : 0;
  return { start: bounds.start + readying - origin, end: bounds.end - origin };
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

/** The packet that plays at a time, and of Vorbis the one before it. */
async function firstPacket(
  sink: EncodedPacketSink,
  { time, codec }: { readonly time: Seconds; readonly codec: AudioCodec },
): Promise<EncodedPacket | null> {
  const found = (await sink.getPacket(time)) ?? (await sink.getFirstPacket());
  if (codec !== "vorbis" || found === null) return found;
  return (await sink.getPacket(found.timestamp - found.duration / 2)) ?? found;
}
