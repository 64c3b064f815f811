import { clockTime } from "../timecode.ts";
import type { Segment, SoundEvent, Speaker, Transcript } from "../transcript/transcript.ts";
import type { SegmentLines } from "./segment-lines.ts";
import { speakerName } from "./speaker-name.ts";

/**
 * A transcript to read. With times, a line a segment: `[00:01:02] Speaker 1: text`. With speakers alone, a line
 * a turn. Else the text as it is. Sounds have lines of their own; a summary stands at the end.
 */
export function renderText({ text, segments, speakers, events, summary }: Transcript): string {
  const isPlain =
    speakers.length === 0 && segments.every((segment) => isUntimed(segment) && !isNoted(segment));
  const body = isPlain ? text : renderSegments(segments, speakers, events ?? []);
  const sounds = isPlain ? (events ?? []).map((event) => `\n${eventLine(event)}`).join("") : "";
  return `${body}${sounds}${new TextLines().end(summary)}`.trimStart();
}

function renderSegments(
  segments: readonly Segment[],
  speakers: readonly Speaker[],
  events: readonly SoundEvent[],
): string {
  const lines = new TextLines();
  let told = 0;
  const pieces: string[] = [];
  const tellUntil = (time: number) => {
    for (let event = events[told]; event !== undefined && (event.start ?? 0) < time; event = events[told]) {
      pieces.push(lines.line(eventLine(event)));
      told += 1;
    }
  };
  for (const segment of segments) {
    if (segment.start !== null) tellUntil(segment.start);
    pieces.push(lines.add(segment, speakers));
  }
  tellUntil(Number.POSITIVE_INFINITY);
  return pieces.join("");
}

/** Lines of a text to read. */
export class TextLines implements SegmentLines {
  private isFirst = true;
  /** Who speaks in a line that may go on; undefined for none. */
  private speaking: string | null | undefined;

  add(segment: Segment, speakers: readonly Speaker[]): string {
    const goesOn = isUntimed(segment) && !isNoted(segment);
    if (goesOn && this.speaking !== undefined && this.speaking === segment.speaker) return ` ${segment.text}`;
    const line = this.line(segmentLine(segment, speakers));
    this.speaking = goesOn ? segment.speaker : undefined;
    return line;
  }

  end(summary: string | null): string {
    return summary === null ? "" : `\n\nSummary: ${summary}`;
  }

  /** The same for a line that nothing is added to. */
  line(text: string): string {
    const line = this.isFirst ? text : `\n${text}`;
    this.isFirst = false;
    this.speaking = undefined;
    return line;
  }
}

function isUntimed({ start }: Segment): boolean {
  return start === null;
}

function isNoted({ translation, emotion }: Segment): boolean {
  return translation !== null || emotion !== null;
}

function segmentLine(segment: Segment, speakers: readonly Speaker[]): string {
  const { start, speaker, emotion, text, translation } = segment;
  const name = speaker === null ? "" : speakerName(speaker, speakers);
  const manner = emotion === null ? "" : `(${emotion})`;
  const who = [name, manner].filter((part) => part !== "").join(" ");
  const time = start === null ? "" : `[${clockTime(start)}] `;
  const said = who === "" ? text : `${who}: ${text}`;
  return `${time}${said}${translation === null ? "" : `\n  ${translation}`}`;
}

function eventLine({ start, label }: SoundEvent): string {
  return start === null ? `[${label}]` : `[${clockTime(start)}] [${label}]`;
}
