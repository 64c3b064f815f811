import type { Timestamps } from "../invocation.ts";
import { speakerId } from "./speakers.ts";
import { inOrder, noTimes } from "./times.ts";
import type { Segment, SoundEvent, Speaker, Spoken } from "./transcript.ts";

/** How the channels of a stereo recording are called. */
const stereoNames = ["Left", "Right"];

/** The name of a channel, from 0, of so many. */
export function channelName(channel: number, count: number): string {
  return (count === 2 ? stereoNames[channel] : undefined) ?? `Channel ${channel + 1}`;
}

/**
 * Makes one of what was said in each channel of a recording: each is a speaker of its own, and what
 * they say is put in the order of its times, as are the sounds.
 */
export function mergeChannels(
  channels: readonly Spoken[],
  { timestamps }: { readonly timestamps: Timestamps },
): Spoken {
  const speakers = channels.map(
    (_, channel): Speaker => ({ id: speakerId(channel), name: channelName(channel, channels.length) }),
  );
  const said = channels.map(({ segments }, channel) => segments.map(spokenBy(speakerId(channel))));
  const segments = inOrder(...said).map(
    (segment, id): Segment => ({ ...segment, ...(timestamps === "none" && noTimes), id }),
  );
  const summaries = channels.map(({ summary }) => summary).filter((summary) => summary !== null);
  return {
    text: segments.map(({ text }) => text).join(" "),
    language: channels.find(({ language }) => language !== null)?.language ?? null,
    segments,
    speakers,
    events: mergeEvents(channels.map(({ events }) => events)),
    summary: summaries.length === 0 ? null : summaries.join("\n\n"),
  };
}

function spokenBy(speaker: string): (segment: Segment) => Segment {
  return (segment) => ({
    ...segment,
    speaker,
    words: segment.words?.map((word) => ({ ...word, speaker })) ?? null,
  });
}

/** Null when they were asked of no channel. */
function mergeEvents(channels: readonly (readonly SoundEvent[] | null)[]): SoundEvent[] | null {
  const asked = channels.filter((events) => events !== null);
  return asked.length === 0 ? null : inOrder(...asked);
}

/** Gives speakers names, in their order; those without one keep what they had. */
export function nameSpeakers<T extends Pick<Spoken, "speakers">>(spoken: T, names: readonly string[]): T {
  return {
    ...spoken,
    speakers: spoken.speakers.map(({ id, name }, index) => ({ id, name: names[index] ?? name })),
  };
}
