import type { Range } from "../audio/piece.ts";
import { defaultOverlap, holeMargin, windowsOf } from "../plan/windows.ts";
import { type Stretch, tellsOf, toStretch, within } from "../transcript/coverage.ts";
import type { Gap } from "../transcript/transcript.ts";
import { type Milliseconds, type Seconds, toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { type Heard, type HeardWindow, together, windowOf } from "./heard.ts";
import { type AskedPart, type Hearing, longestConfirmed, type PartQuestion } from "./part.ts";
import { questionAbout, withoutSummary } from "./part-question.ts";

/** So long may nobody speak at the end of a part. */
const longestSilence: Seconds = 10;

/** Why nobody knows what sounds there. */
const untold = "something sounds there of which the model tells nothing";

/** What sounds in a part without a word of it in the answer: stretches so close that they are asked about together. */
export interface Missing extends Stretch {
  readonly stretches: readonly Stretch[];
}

export function missingIn({ unheard }: AskedPart): Missing[] {
  const missing: { start: Milliseconds; end: Milliseconds; stretches: Stretch[] }[] = [];
  for (const stretch of unheard) {
    const last = missing.at(-1);
    if (last === undefined || stretch.start - last.end > 2 * toMilliseconds(holeMargin))
      missing.push({ ...stretch, stretches: [stretch] });
    else {
      last.end = stretch.end;
      last.stretches.push(stretch);
    }
  }
  return missing;
}

/** The questions by which what is missing is asked about; null when no more may be asked. */
export async function questionsAgain(
  world: World,
  hearing: Hearing,
  { part, missing }: { readonly part: AskedPart; readonly missing: Missing },
): Promise<readonly PartQuestion[] | null> {
  const { prepared, allowance } = hearing;
  const { whole, audio } = part.question;
  const range: Range = {
    start: Math.max(whole.range.start, missing.start / 1_000 - holeMargin),
    end: Math.min(whole.range.end, missing.end / 1_000 + holeMargin),
  };
  // What is missing is no longer than the part that it is in, so that its windows may be as long.
  const length: Seconds = audio.range.end - audio.range.start;
  const ranges = windowsOf(range, { length, overlap: part.question.wanted.overlap ?? defaultOverlap });
  const questions = await Promise.all(
    ranges.map((range) => questionAbout(world, hearing, { ...withoutSummary(part.question), range })),
  );
  const isGranted =
    ((!part.question.isLast && isRest(missing, audio.range)) || allowance.take(range.end - range.start)) &&
    questions.every(({ request }) => prepared.payAgain(request.plan));
  if (!isGranted) return null;
  return questions.map((question) => {
    const stretch = toStretch(question.audio.range);
    return {
      ...question,
      isLast: true,
      // Where something is known to be said around it, an empty answer confirms nothing.
      isConfirming: stretch.end - stretch.start <= longestConfirmed && !tellsOf(part.answer, stretch),
      expected: saidBehind(missing, stretch, part),
      watched: within(missing, stretch),
      mayAskAgain: () => prepared.payAgain(question.request.plan),
    };
  });
}

/** How far words may be from where an answer puts them. */
const vagueness: Milliseconds = 1_500;

/** What of a stretch is behind what is missing, where the first answer tells of words; null where it does not. */
function saidBehind({ end }: Missing, stretch: Stretch, { answer }: AskedPart): Stretch | null {
  const isSaid = tellsOf(answer, { start: end + vagueness, end: stretch.end - vagueness });
  return isSaid ? { start: end, end: stretch.end } : null;
}

/** An answer that ends so much earlier than its part, or by this share of it, has broken off, whatever it says. */
const shortestRest: Seconds = 60;
const restShare = 0.1;

/** Whether what is missing is the rest of an answer that broke off: who asks for it asks nothing twice. */
function isRest(missing: Stretch, part: Range): boolean {
  const length = (missing.end - missing.start) / 1_000;
  const isLast = missing.end / 1_000 > part.end - longestSilence;
  return isLast && length > Math.max(shortestRest, restShare * (part.end - part.start));
}

/** What stays unknown, where nobody may be asked about it again. */
export function gapsOf(stretches: readonly Stretch[]): Gap[] {
  return stretches.map(({ start, end }) => ({ start, end, reason: untold }));
}

/** A part, with what was heard of it the second time in its place. */
export function putIn(part: AskedPart, missing: readonly Missing[], again: readonly Heard[]): Heard {
  const window = windowOf(part);
  const windows: HeardWindow[] = [];
  let from = window.start;
  for (const [index, stretch] of missing.entries()) {
    const heard = again[index]?.windows ?? [];
    if (!heard.some((one) => hasNews(one, stretch))) continue;
    windows.push(...clip(window, { start: from, end: stretch.start }), ...heard);
    from = stretch.end;
  }
  windows.push(...(from === window.start ? [window] : clip(window, { start: from, end: window.end })));
  const { gaps, parts } = together(again);
  return { windows, gaps, parts: [part, ...parts] };
}

/** What of a window lies in a stretch: nothing, where nothing is said there, so that what is around it is joined. */
function clip(window: HeardWindow, stretch: Stretch): HeardWindow[] {
  return window.spoken === null || tellsOf(window.spoken, stretch)
    ? [{ ...window, ...stretch, isClipped: true }]
    : [];
}

/** Whether a window tells of a stretch what was not known, or that it cannot be known. */
function hasNews({ spoken, failure }: HeardWindow, stretch: Stretch): boolean {
  return failure !== null || spoken === null || tellsOf(spoken, stretch);
}
