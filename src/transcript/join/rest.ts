import type { Milliseconds } from "../../units.ts";
import { inOrder } from "../times.ts";
import type { SoundEvent, Spoken } from "../transcript.ts";

/** A window that did not fail. */
export interface HeardWindow {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  readonly spoken: Spoken;
  /** Whether only what lies between its start and its end counts. */
  readonly isClipped: boolean;
}

/** Two windows that heard the same sound tell its start so far apart. */
const sameSoundMs = 1_000;

/** What of windows is not in their words. */
export function joinRest(windows: readonly HeardWindow[]): Pick<Spoken, "language" | "events" | "summary"> {
  const answers = [...new Set(windows.map(({ spoken }) => spoken))];
  const summaries = answers.map(({ summary }) => summary).filter((summary) => summary !== null);
  return {
    language: mostSpoken(answers),
    events: joinEvents(windows),
    summary: summaries.length === 0 ? null : summaries.join("\n\n"),
  };
}

/** The language of most of the text; of those alike, the first. */
function mostSpoken(spoken: readonly Spoken[]): string | null {
  const lengths = new Map<string, number>();
  for (const { language, text } of spoken)
    if (language !== null) lengths.set(language, (lengths.get(language) ?? 0) + text.length);
  return [...lengths].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** The sounds of all windows; one that two of them heard comes once. Null when none were asked for. */
function joinEvents(windows: readonly HeardWindow[]): SoundEvent[] | null {
  if (windows.every(({ spoken }) => spoken.events === null)) return null;
  let before: { readonly end: Milliseconds; readonly events: readonly SoundEvent[] } = { end: 0, events: [] };
  const events: SoundEvent[] = [];
  for (const { start, end, spoken, isClipped } of windows) {
    const all = spoken.events ?? [];
    const heard = isClipped
      ? all.filter((event) => (event.start ?? 0) >= start && (event.start ?? 0) < end)
      : all;
    const free = new Set(before.events.filter((event) => isIn(event, { start, end: before.end })));
    for (const event of heard) {
      const same = isIn(event, { start, end: before.end }) ? sameSound(event, free) : undefined;
      if (same === undefined) events.push(event);
      else free.delete(same);
    }
    before = { end, events: heard };
  }
  return inOrder(events);
}

interface Stretch {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** Whether it begins in a stretch, or as near as its time may be wrong. */
function isIn({ start }: SoundEvent, stretch: Stretch): boolean {
  return (
    start !== null &&
    stretch.start < stretch.end &&
    start >= stretch.start - sameSoundMs &&
    start <= stretch.end + sameSoundMs
  );
}

function sameSound(event: SoundEvent, others: ReadonlySet<SoundEvent>): SoundEvent | undefined {
  const label = event.label.toLowerCase();
  return [...others].find(
    (other) =>
      other.label.toLowerCase() === label && Math.abs((other.start ?? 0) - (event.start ?? 0)) <= sameSoundMs,
  );
}
