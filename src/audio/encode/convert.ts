import type { Seconds } from "../../units.ts";
import type { Files, Writer } from "../../world.ts";
import type { ContainerKey } from "../containers.ts";
import { decode } from "../decode/decode.ts";
import { Resampler } from "../decode/resampler.ts";
import type { Channels, Sound } from "../decode/sound.ts";
import { encodeFlac } from "./flac.ts";

/** Some sound of a file: from a time on, for a while. */
export interface Clip {
  readonly path: string;
  readonly key: ContainerKey;
  /** How much of the file's beginning is left out. */
  readonly skip: Seconds;
  /** Null for all that follows. */
  readonly length: Seconds | null;
}

export interface Conversion {
  readonly clips: readonly Clip[];
  /** The channel that is wanted, or the mean of all. */
  readonly channel: Exclude<Channels, "all">;
  /** The silence between two clips. */
  readonly gap: Seconds;
  /** In Hz. */
  readonly sampleRate: number;
}

/**
 * Decodes clips and writes them as one FLAC file of one channel, silence between them. Answers how long
 * it is; 0 when nothing could be decoded, and no file is of use then. Runs as a job.
 */
export async function convertToFlac(
  files: Pick<Files, "open">,
  writer: Writer,
  { clips, channel, gap, sampleRate }: Conversion,
): Promise<Seconds> {
  async function* sound(): AsyncGenerator<Float32Array> {
    for (const [index, clip] of clips.entries()) {
      if (index > 0) yield new Float32Array(Math.round(gap * sampleRate));
      yield* samplesOf(files, clip, { channel, sampleRate });
    }
  }
  return (await encodeFlac(writer, sampleRate, sound())) / sampleRate;
}

async function* samplesOf(
  files: Pick<Files, "open">,
  clip: Clip,
  { channel, sampleRate }: Pick<Conversion, "channel" | "sampleRate">,
): AsyncGenerator<Float32Array> {
  const reader = await files.open(clip.path);
  try {
    const resampled = resample(decode(reader, { key: clip.key, channels: channel }), sampleRate);
    const from = Math.round(clip.skip * sampleRate);
    const to = clip.length === null ? Number.POSITIVE_INFINITY : from + Math.round(clip.length * sampleRate);
    let position = 0;
    for await (const samples of resampled) {
      const wanted = samples.subarray(Math.max(0, from - position), Math.max(0, to - position));
      position += samples.length;
      if (wanted.length > 0) yield wanted;
      if (position >= to) return;
    }
  } finally {
    await reader.close();
  }
}

async function* resample(sound: AsyncIterable<Sound>, to: number): AsyncGenerator<Float32Array> {
  let resampler: Resampler | null = null;
  let from = 0;
  for await (const { channels, sampleRate } of sound) {
    // Joined files may change their rate on the way.
    if (resampler === null || sampleRate !== from) {
      if (resampler !== null) yield resampler.end();
      resampler = new Resampler(sampleRate, to);
      from = sampleRate;
    }
    for (const samples of channels) yield resampler.push(samples);
  }
  if (resampler !== null) yield resampler.end();
}
