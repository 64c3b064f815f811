import type { Segment } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";

/** A segment that has something to show, and times in any case. */
export interface Span {
  readonly segment: Segment;
  /** In one line, with single spaces. */
  readonly text: string;
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** So fast people speak, about; what has no end gets one by it. */
const charactersPerSecond = 15;

/** Nobody speaks faster: a segment that does stays longer, if its speaker is silent behind it. */
const mostCharactersPerSecond = 30;

/**
 * The segments that have text, by start. One without times has the gap between its neighbours. None when no segment
 * has any.
 */
export function spansOf(segments: readonly Segment[]): Span[] {
  if (segments.every(({ start, end }) => start === null && end === null)) return [];
  const shown = segments
    .map((segment) => ({ segment, text: flatText(segment.text) }))
    .filter(({ text }) => text !== "");
  const spans = withTimes(shown).toSorted((a, b) => a.start - b.start);
  return withEnoughTime(spans);
}

/** As one line. A space that must not be broken stays one, unless it stands beside others. */
export function flatText(text: string): string {
  return text.replace(/[\s\u0085]+/g, (run) => (/^[\u00a0\u202f\u2007\ufeff]$/.test(run) ? run : " ")).trim();
}

type Untimed = Pick<Span, "segment" | "text">;

function withTimes(shown: readonly Untimed[]): Span[] {
  const spans: Span[] = [];
  let latest: Milliseconds = 0;
  for (let index = 0; index < shown.length; ) {
    const until = nextTimed(shown, index);
    const next = shown[until];
    if (until > index) spans.push(...share(shown.slice(index, until), latest, next));
    if (next === undefined) break;
    const span = timed(next, latest);
    spans.push(span);
    latest = Math.max(latest, span.end);
    index = until + 1;
  }
  return spans;
}

function nextTimed(shown: readonly Untimed[], from: number): number {
  let index = from;
  for (let one = shown[index]; one !== undefined && !hasTime(one.segment); one = shown[index]) index += 1;
  return index;
}

function hasTime({ start, end }: Segment): boolean {
  return start !== null || end !== null;
}

/** Gives the time until the next one to those that have none, by their share of characters. */
function share(untimed: readonly Untimed[], from: Milliseconds, next: Untimed | undefined): Span[] {
  const length = untimed.reduce((sum, { text }) => sum + text.length, 0);
  const spoken = from + (length / charactersPerSecond) * 1_000;
  const until = next === undefined ? spoken : Math.max(from, timed(next, from).start);
  let at = 0;
  return untimed.map(({ segment, text }) => {
    const start = Math.round(from + (at / length) * (until - from));
    at += text.length;
    return { segment, text, start, end: Math.round(from + (at / length) * (until - from)) };
  });
}

/** A segment that has one of its times, or both. */
function timed({ segment, text }: Untimed, latest: Milliseconds): Span {
  const spoken = Math.round((text.length / charactersPerSecond) * 1_000);
  const start = segment.start ?? Math.max((segment.end ?? 0) - spoken, Math.min(latest, segment.end ?? 0));
  return { segment, text, start, end: Math.max(start, segment.end ?? start + spoken) };
}

function withEnoughTime(spans: readonly Span[]): Span[] {
  const nextStarts = new Map<string | null, { readonly start: Milliseconds; readonly limit: Milliseconds }>();
  return spans
    .toReversed()
    .map((span) => {
      const { segment, text, start, end } = span;
      const next = nextStarts.get(segment.speaker);
      const limit =
        next === undefined ? Number.POSITIVE_INFINITY : next.start > start ? next.start : next.limit;
      nextStarts.set(segment.speaker, { start, limit });
      const spoken = start + Math.ceil((text.length / mostCharactersPerSecond) * 1_000);
      return { ...span, end: Math.max(end, Math.min(spoken, limit)) };
    })
    .reverse();
}
