import { registerFlacEncoder } from "@mediabunny/flac-encoder";
import { AudioSample, AudioSampleSource, FlacOutputFormat, Output } from "mediabunny";
import type { Writer } from "../../world.ts";
import { targetOn } from "../target.ts";

/** How many samples are encoded at once. */
const blockSamples = 1 << 16;

/**
 * Encodes samples of one channel, -1 to 1, as FLAC of 16 bits: at 24, which the encoder would choose by
 * itself, a recording is twice as large. Answers how many samples there were.
 */
export async function encodeFlac(
  writer: Writer,
  sampleRate: number,
  sound: AsyncIterable<Float32Array>,
): Promise<number> {
  registerFlacEncoder();
  const output = new Output({
    format: new FlacOutputFormat(),
    target: targetOn(writer),
  });
  const source = new AudioSampleSource({ codec: "flac" });
  output.addAudioTrack(source);
  await output.start();
  let count = 0;
  let encoded = Promise.resolve();
  for await (const data of blocksOf(sound)) {
    await encoded;
    const timestamp = count / sampleRate;
    // The encoder has a thread of its own: the next block is made meanwhile.
    const sample = new AudioSample({ data, format: "s16", numberOfChannels: 1, sampleRate, timestamp });
    encoded = source.add(sample).finally(() => sample.close());
    count += data.length;
  }
  await encoded;
  if (count === 0) await output.cancel();
  else await output.finalize();
  return count;
}

/** Samples of 16 bits in blocks of one size: each costs a message to the encoder's thread. */
async function* blocksOf(sound: AsyncIterable<Float32Array>): AsyncGenerator<Int16Array> {
  let block = new Int16Array(blockSamples);
  let filled = 0;
  for await (const samples of sound) {
    for (let from = 0; from < samples.length; ) {
      const count = Math.min(samples.length - from, blockSamples - filled);
      for (let index = 0; index < count; index += 1) {
        const value = Math.round((samples[from + index] ?? 0) * 32_768);
        block[filled + index] = Math.max(-32_768, Math.min(32_767, value));
      }
      from += count;
      filled += count;
      if (filled < blockSamples) continue;
      yield block;
      block = new Int16Array(blockSamples);
      filled = 0;
    }
  }
  if (filled > 0) yield block.slice(0, filled);
}
