/** Decoded samples, some of a recording: full scale is -1 to 1, one array a channel, all of one length. */
export interface Sound {
  readonly channels: readonly Float32Array[];
  /** In Hz. */
  readonly sampleRate: number;
}

/** Which channels are wanted: one, from 0; the mean of all as one; or all. */
export type Channels = number | "mean" | "all";

/** The wanted channels of a sound. One that is not there is silent. */
export function select(sound: Sound, wanted: Channels): Sound {
  const { channels, sampleRate } = sound;
  const [first = new Float32Array(0)] = channels;
  if (wanted === "all") return sound;
  if (wanted !== "mean")
    return { channels: [channels[wanted] ?? new Float32Array(first.length)], sampleRate };
  if (channels.length < 2) return sound;
  const means = new Float32Array(first.length);
  for (const samples of channels) {
    for (let index = 0; index < means.length; index += 1) {
      means[index] = (means[index] ?? 0) + (samples[index] ?? 0);
    }
  }
  for (let index = 0; index < means.length; index += 1) means[index] = (means[index] ?? 0) / channels.length;
  return { channels: [means], sampleRate };
}
