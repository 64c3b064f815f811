import { unknownUsage } from "../../plan/usage.ts";
import type { Milliseconds, Seconds } from "../../units.ts";
import { canonicalLanguage } from "../language.ts";
import { speakerId } from "../speakers.ts";
import type { Segment, Speaker, Transcript, Word } from "../transcript.ts";

interface Timed {
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
}

/** A word as another program told it. */
interface ToldWord extends Timed {
  readonly text: string;
  /** How its speaker is called there; null for nobody. */
  readonly label: string | null;
}

/** A segment as another program told it. */
interface ToldSegment extends ToldWord {
  readonly words: readonly ToldWord[] | null;
}

interface Told {
  readonly segments: readonly ToldSegment[];
  /** Left out where it is that of the segments. */
  readonly text?: string;
  /** A code or a name; null when it is not known. */
  readonly language: string | null;
  /** Left out, or 0, where nobody tells: it is as long as there is speech. */
  readonly duration?: Seconds;
}

/**
 * A transcript of what another program told. Of the recording nothing is known but how long there is speech in it:
 * it goes by the name of the file that was read.
 */
export function told({ segments, language, ...whole }: Told, path: string): Transcript {
  const said = segments.filter(({ text }) => text !== "");
  const timed = said.flatMap((segment): ToldWord[] => [segment, ...(segment.words ?? [])]);
  const labels = [...new Set(timed.map(({ label }) => label))].filter((label) => label !== null);
  const ids = new Map<string | null, string>(labels.map((label, index) => [label, speakerId(index)]));
  return {
    text: whole.text ?? said.map(({ text }) => text).join(" "),
    language: canonicalLanguage(language),
    segments: said.map((segment, id) => segmentOf(segment, { id, ids })),
    speakers: labels.map(speakerOf),
    events: null,
    summary: null,
    gaps: [],
    source: { ...unknownSource, path, duration: Math.max(whole.duration ?? 0, latestEnd(timed) / 1_000) },
    making: {
      model: null,
      usage: { ...unknownUsage, requests: 0 },
      costUsd: null,
      pricesAsOf: null,
      warnings: warningsOf(timed),
      isComplete: true,
    },
  };
}

const unknownSource = { mimeType: null, codec: null, sizeBytes: null, sentAs: null, sentBytes: 0 } as const;

/** A label that does no more than number its speaker is no name. */
function speakerOf(label: string, index: number): Speaker {
  const isName = label !== `Speaker ${index + 1}` && !/^SPEAKER_\d+$/.test(label);
  return { id: speakerId(index), name: isName ? label : null };
}

/** The speakers' ids, by label. */
type Ids = ReadonlyMap<string | null, string>;

function segmentOf(segment: ToldSegment, { id, ids }: { readonly id: number; readonly ids: Ids }): Segment {
  return {
    id,
    start: segment.start,
    end: forwardEnd(segment),
    text: segment.text,
    speaker: ids.get(segment.label) ?? null,
    language: null,
    translation: null,
    emotion: null,
    words: segment.words?.map((word) => wordOf(word, ids)) ?? null,
  };
}

function wordOf(word: ToldWord, ids: Ids): Word {
  return { text: word.text, start: word.start, end: forwardEnd(word), speaker: ids.get(word.label) ?? null };
}

/** What ends before it begins is taken to last no time. */
function forwardEnd(timed: Timed): Milliseconds | null {
  return isBackward(timed) ? timed.start : timed.end;
}

function isBackward({ start, end }: Timed): boolean {
  return start !== null && end !== null && end < start;
}

function warningsOf(timed: readonly Timed[]): string[] {
  const count = timed.filter(isBackward).length;
  const what = count === 1 ? "1 time ends before it begins" : `${count} times end before they begin`;
  return count === 0 ? [] : [`${what}: the end is taken to be where it begins`];
}

/** Of the segments or their words: neither always has times. */
function latestEnd(timed: readonly Timed[]): Milliseconds {
  return timed.reduce((latest, { start, end }) => Math.max(latest, start ?? 0, end ?? 0), 0);
}
