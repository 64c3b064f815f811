import type { Speaker } from "../transcript/transcript.ts";

/** How a speaker is called: by the name that was given, else `Speaker 1` for the first. */
export function speakerName(id: string, speakers: readonly Speaker[]): string {
  const index = speakers.findIndex((speaker) => speaker.id === id);
  return speakers[index]?.name ?? `Speaker ${index + 1}`;
}
