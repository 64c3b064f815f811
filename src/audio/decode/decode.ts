import { EncodedPacketSink } from "mediabunny";
import type { Reader } from "../../world.ts";
import type { ContainerKey } from "../containers.ts";
import { openPackets, paddedFlac } from "../walk/packets-input.ts";
import { decodePlain } from "./plain.ts";
import { type Channels, type Sound, select } from "./sound.ts";

/** How much of a file a decoder is given at once: what comes of it takes fifty times as much. */
const chunkBytes = 1 << 12;

/**
 * Decodes a file, a block at a time. Nothing comes of a container that cannot be decoded here, and what
 * a decoder cannot make sense of is left out. Runs as a job: decoders are not made for hostile files.
 */
export async function* decode(
  reader: Reader,
  { key, channels }: { readonly key: ContainerKey; readonly channels: Channels },
): AsyncGenerator<Sound> {
  if (key === "wav" || key === "rf64") return yield* decodePlain(reader, "wav", channels);
  if (key === "aiff") return yield* decodePlain(reader, "aiff", channels);
  for await (const sound of decodeCompressed(reader, key)) yield select(sound, channels);
}

async function* decodeCompressed(reader: Reader, key: ContainerKey): AsyncGenerator<Sound> {
  switch (key) {
    case "mp3": {
      const { MPEGDecoder } = await import("mpg123-decoder");
      return yield* decodeBytes(reader, new MPEGDecoder());
    }
    case "flac":
      return yield* decodePackets(paddedFlac(reader), createFlacDecoder);
    case "ogg":
      return yield* decodeOgg(reader);
    default:
      return;
  }
}

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
}

/** What the decoders of whole files have in common. */
interface ByteDecoder {
  readonly ready: Promise<void>;
  readonly decode: (bytes: Uint8Array) => Decoded | Promise<Decoded>;
  readonly flush?: () => Promise<Decoded>;
  readonly free: () => void;
}

async function* decodeBytes(reader: Reader, decoder: ByteDecoder): AsyncGenerator<Sound> {
  await decoder.ready;
  try {
    for (let position = 0; position < reader.sizeBytes; position += chunkBytes) {
      yield* soundOf(await decoder.decode(await reader.read(position, chunkBytes)));
    }
    if (decoder.flush !== undefined) yield* soundOf(await decoder.flush());
  } finally {
    decoder.free();
  }
}

function* soundOf({ channelData, samplesDecoded, sampleRate }: Decoded): Generator<Sound> {
  if (samplesDecoded > 0) yield { channels: channelData, sampleRate };
}

async function* decodeOgg(reader: Reader): AsyncGenerator<Sound> {
  const head = Buffer.from(await reader.read(0, 512));
  if (head.includes("OpusHead", 0, "latin1")) return yield* decodePackets(reader, createOpusDecoder);
  const { OggVorbisDecoder } = await import("@wasm-audio-decoders/ogg-vorbis");
  yield* decodeBytes(reader, new OggVorbisDecoder());
}

/** How many packets are decoded at once: some seconds of the usual ones. */
const packetsAtOnce = 100;

/** What the decoders of packets have in common. */
interface PacketDecoder {
  readonly ready: Promise<void>;
  readonly decodeFrames: (packets: Uint8Array[]) => Decoded | Promise<Decoded>;
  readonly free: () => void;
}

/** Decodes packet by packet, as mediabunny finds them; the decoder is made of what the file's head says. */
async function* decodePackets(
  reader: Reader,
  create: (head: Uint8Array) => Promise<PacketDecoder>,
): AsyncGenerator<Sound> {
  const input = openPackets(reader);
  try {
    const track = await input.getPrimaryAudioTrack();
    const head = (await track?.getDecoderConfig())?.description;
    if (track === null || head === undefined) return;
    const decoder = await create(bytesOf(head));
    await decoder.ready;
    try {
      let packets: Uint8Array[] = [];
      for await (const { data } of new EncodedPacketSink(track).packets()) {
        packets.push(data);
        if (packets.length < packetsAtOnce) continue;
        yield* soundOf(await decoder.decodeFrames(packets));
        packets = [];
      }
      yield* soundOf(await decoder.decodeFrames(packets));
    } finally {
      decoder.free();
    }
  } finally {
    input.dispose();
  }
}

function bytesOf(source: ArrayBufferView | ArrayBufferLike): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

/** Given whole files, this decoder loses their last frame. */
async function createFlacDecoder(): Promise<PacketDecoder> {
  const { FLACDecoder } = await import("@wasm-audio-decoders/flac");
  return new FLACDecoder();
}

/** What the head says [RFC 7845] is told to the decoder. */
async function createOpusDecoder(head: Uint8Array): Promise<PacketDecoder> {
  const { OpusDecoder } = await import("opus-decoder");
  const channels = head[9] ?? 2;
  const preSkip = (head[10] ?? 0) + ((head[11] ?? 0) << 8);
  // Family 0 is mono or stereo in one stream; the others tell of their streams.
  if (head[18] === 0) return new OpusDecoder({ channels, preSkip });
  return new OpusDecoder({
    channels,
    preSkip,
    streamCount: head[19] ?? 1,
    coupledStreamCount: head[20] ?? 0,
    channelMappingTable: [...head.subarray(21, 21 + channels)],
  });
}
