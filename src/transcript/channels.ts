import type { Segment, Speaker, Spoken } from "./transcript.ts";

/** How the channels of a stereo recording are called. */
const stereoNames = ["Left", "Right"];

/** The name of a channel, from 0, of so many. */
export function channelName(channel: number, count: number): string {
  return (count === 2 ? stereoNames[channel] : undefined) ?? `Channel ${channel + 1}`;
}

/**
 * Makes one of what was said in each channel of a recording: each is a speaker of its own, and what
 * they say is put in the order of its times.
 */
export function mergeChannels(
  channels: readonly Spoken[],
  { timestamps }: { readonly timestamps: "none" | "segment" },
): Spoken {
  const speakers = channels.map(
    (_, channel): Speaker => ({
      id: `SPEAKER_${String(channel).padStart(2, "0")}`,
      name: channelName(channel, channels.length),
    }),
  );
  const segments = channels
    .flatMap((channel, index) =>
      channel.segments.map((segment) => ({ ...segment, speaker: speakers[index]?.id ?? null })),
    )
    .toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))
    .map((segment, id): Segment => {
      const hasTimes = timestamps === "segment";
      return { ...segment, id, start: hasTimes ? segment.start : null, end: hasTimes ? segment.end : null };
    });
  return {
    text: segments.map(({ text }) => text).join(" "),
    language: channels.find(({ language }) => language !== null)?.language ?? null,
    segments,
    speakers,
    events: null,
    summary: null,
  };
}

/** Gives speakers names, in their order; those without one keep what they had. */
export function nameSpeakers<T extends Pick<Spoken, "speakers">>(spoken: T, names: readonly string[]): T {
  return {
    ...spoken,
    speakers: spoken.speakers.map(({ id, name }, index) => ({ id, name: names[index] ?? name })),
  };
}
