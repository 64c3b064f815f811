import { join, uint32 } from "./bytes.ts";

/** A WAV file of 16-bit samples, each channel an array of -1 to 1. */
export function wavOfSamples(
  channels: readonly (readonly number[] | Float32Array)[],
  sampleRate: number,
): Uint8Array {
  const count = channels[0]?.length ?? 0;
  const data = new Int16Array(count * channels.length);
  for (const [channel, samples] of channels.entries()) {
    for (let index = 0; index < count; index += 1) {
      data[index * channels.length + channel] = Math.round((samples[index] ?? 0) * 32_767);
    }
  }
  const bytes = new Uint8Array(data.buffer);
  const little = (value: number) => new Uint8Array(uint32(value, "little"));
  const half = (value: number) => little(value).subarray(0, 2);
  const blockBytes = 2 * channels.length;
  const form = [
    half(1),
    half(channels.length),
    little(sampleRate),
    little(sampleRate * blockBytes),
    half(blockBytes),
  ];
  return join(
    "RIFF",
    little(36 + bytes.length),
    "WAVEfmt ",
    little(16),
    ...form,
    half(16),
    "data",
    little(bytes.length),
    bytes,
  );
}

/** A tone of some Hz, -1 to 1. */
export function toneOf(
  frequency: number,
  { seconds, sampleRate }: { seconds: number; sampleRate: number },
): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * frequency * index) / sampleRate),
  );
}

/** The root of the mean square. */
export function levelOf(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}
