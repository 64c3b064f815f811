import type { CueLimits } from "../invocation.ts";
import type { Speaker, Transcript } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";
import { columnsOf } from "./columns.ts";
import { groupsOf } from "./cue-groups.ts";
import { speakerPrefix } from "./cue-speaker.ts";
import { type CueDraft, inTime } from "./cue-times.ts";
import { linesOf, type Room } from "./lines.ts";
import { flatText, type Span, spansOf } from "./spans.ts";
import { speakerName } from "./speaker-name.ts";
import { type TimedToken, timingOf } from "./token-times.ts";
import { tokensOf } from "./tokens.ts";

/** A word in a cue, and when it is said. */
export interface CueWord {
  readonly text: string;
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  /** Where it stands: in which line, from 0, from which character on. */
  readonly line: number;
  readonly from: number;
}

/** What is shown at once. */
export interface Cue {
  readonly start: Milliseconds;
  /** Behind its start. */
  readonly end: Milliseconds;
  /** None is empty. The speaker's name is not in them, but the first leaves room for it. */
  readonly lines: readonly string[];
  /** By their whole name; null when nobody is known. */
  readonly speaker: string | null;
  /** In their order; null when the model gave no times for words. */
  readonly words: readonly CueWord[] | null;
}

/**
 * A transcript as subtitles, in order of start. Those of one speaker do not overlap, unless what is said does; those of
 * several may. None when nothing has a time.
 */
export function cuesOf(transcript: Pick<Transcript, "segments" | "speakers">, limits: CueLimits): Cue[] {
  const drafts = spansOf(transcript.segments).flatMap((span) => draftsOf(span, transcript.speakers, limits));
  return inTime(drafts, limits.maxCps).map(({ start, end, speaker, lines, isByWord }) => ({
    start,
    end,
    speaker,
    lines: lines.map(lineText),
    words: isByWord ? wordsOf(lines, { start, end }) : null,
  }));
}

function draftsOf(span: Span, speakers: readonly Speaker[], limits: CueLimits): CueDraft[] {
  const speaker = nameOf(span.segment.speaker, speakers);
  const room: Room = {
    width: limits.maxLineWidth,
    prefix: columnsOf(speakerPrefix(speaker, limits)),
    lines: limits.maxLineCount,
    wordsPerLine: limits.maxWordsPerLine,
  };
  const { tokens, isByWord } = timingOf(span, tokensOf(span.text, room.width - room.prefix));
  const groups = groupsOf(tokens, room);
  const starts = startsOf(groups);
  return groups.map((group, index) => ({
    lane: span.segment.speaker,
    speaker,
    isByWord,
    lines: linesOf(group, room),
    start: starts[index] ?? span.start,
    // A word may sound into the next one, but a cue not into the next of its segment.
    spokenEnd: Math.min(group.at(-1)?.end ?? span.end, starts[index + 1] ?? Number.POSITIVE_INFINITY),
  }));
}

/** No two cues of a segment begin at once, even where it has no time for them. */
function startsOf(groups: readonly (readonly TimedToken[])[]): Milliseconds[] {
  let latest = Number.NEGATIVE_INFINITY;
  return groups.map(([first]) => {
    latest = Math.max(first?.start ?? 0, latest + 1);
    return latest;
  });
}

function nameOf(id: string | null, speakers: readonly Speaker[]): string | null {
  if (id === null || speakers.length === 0) return null;
  return flatText(speakerName(id, speakers)) || null;
}

function lineText(line: readonly TimedToken[]): string {
  return line.map(({ text, isSpaced }, index) => (index > 0 && isSpaced ? ` ${text}` : text)).join("");
}

interface Shown {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

function wordsOf(lines: readonly (readonly TimedToken[])[], { start, end }: Shown): CueWord[] {
  const words: CueWord[] = [];
  for (const [line, tokens] of lines.entries()) {
    let from = 0;
    for (const [index, token] of tokens.entries()) {
      if (index > 0 && token.isSpaced) from += 1;
      const begin = Math.min(Math.max(token.start, start), end);
      words.push({
        text: token.text,
        start: begin,
        end: Math.min(Math.max(token.end, begin), end),
        line,
        from,
      });
      from += token.text.length;
    }
  }
  return words.map((word, index) => ({
    ...word,
    end: Math.min(word.end, words[index + 1]?.start ?? word.end),
  }));
}
