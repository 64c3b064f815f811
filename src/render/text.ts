import type { Segment, Speaker, Transcript } from "../transcript/transcript.ts";
import { clockTime } from "./time.ts";

/**
 * A transcript to read. With times, a line a segment: `[00:01:02] Speaker 1: text`.
 * With speakers alone, a line a turn. Else the text as it is.
 */
export function renderText({ text, segments, speakers }: Transcript): string {
  const hasTimes = segments.some(({ start }) => start !== null);
  if (hasTimes) return segments.map((segment) => timedLine(segment, speakers)).join("\n");
  if (speakers.length > 0)
    return turnsOf(segments)
      .map((turn) => spokenLine(turn, speakers))
      .join("\n");
  return text;
}

function timedLine(segment: Segment, speakers: readonly Speaker[]): string {
  const time = segment.start === null ? "[--:--:--]" : `[${clockTime(segment.start)}]`;
  return `${time} ${spokenLine(segment, speakers)}`;
}

function spokenLine(
  { speaker, text }: Pick<Segment, "speaker" | "text">,
  speakers: readonly Speaker[],
): string {
  return speaker === null ? text : `${speakerName(speaker, speakers)}: ${text}`;
}

/** The name that was given, else `Speaker 1` for the first. */
function speakerName(id: string, speakers: readonly Speaker[]): string {
  const index = speakers.findIndex((speaker) => speaker.id === id);
  return speakers[index]?.name ?? `Speaker ${index + 1}`;
}

function turnsOf(segments: readonly Segment[]): Pick<Segment, "speaker" | "text">[] {
  const turns: { speaker: string | null; text: string }[] = [];
  for (const { speaker, text } of segments) {
    const last = turns.at(-1);
    if (last !== undefined && last.speaker === speaker) last.text += ` ${text}`;
    else turns.push({ speaker, text });
  }
  return turns;
}
