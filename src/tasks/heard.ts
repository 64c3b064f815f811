import { Failure } from "../failure.ts";
import { toStretch } from "../transcript/coverage.ts";
import type { Window } from "../transcript/join/join.ts";
import type { Gap } from "../transcript/transcript.ts";
import type { AskedPart } from "./part.ts";

/** What came of a stretch of a recording. */
export interface Heard {
  /** In their order. */
  readonly windows: readonly HeardWindow[];
  /** What sounds, and nobody was asked about again. */
  readonly gaps: readonly Gap[];
  /** All that was asked about for it, those included that others have replaced. */
  readonly parts: readonly AskedPart[];
}

export interface HeardWindow extends Window {
  /** Why it is not all there; null when it is. */
  readonly failure: Failure | null;
}

/** What came of one part. */
export function windowOf({ question, answer }: AskedPart): HeardWindow {
  const isLost = answer.failure !== null && answer.text === "" && (answer.events ?? []).length === 0;
  return {
    ...toStretch(question.audio.range),
    spoken: isLost ? null : answer,
    failure: answer.failure,
  };
}

/** All of several, one behind the other. */
export function together(all: readonly Heard[]): Heard {
  return {
    windows: all.flatMap(({ windows }) => windows),
    gaps: all.flatMap(({ gaps }) => gaps),
    parts: all.flatMap(({ parts }) => parts),
  };
}

/** What windows leave out of which nobody else knows anything, as far as times tell. */
export function gapsIn(windows: readonly HeardWindow[]): Gap[] {
  return windows.flatMap(({ failure, spoken, start, end }, place) => {
    if (failure === null) return [];
    const told = spoken?.segments.findLast((segment) => segment.end !== null)?.end ?? start;
    const before = windows.slice(0, place).filter(isWhole);
    const after = windows.slice(place + 1).filter(isWhole);
    const from = Math.max(start, told, ...before.map((window) => window.end));
    const to = Math.min(end, ...after.map((window) => window.start));
    // Of a video, nobody knows where it ends.
    return from < to && Number.isFinite(to) ? [{ start: from, end: to, reason: failure.message }] : [];
  });
}

function isWhole({ failure }: HeardWindow): boolean {
  return failure === null;
}

/**
 * Why parts are not all that was asked for; null when they are. Where something else came, what failed is missing
 * there, and no more than that.
 */
export function worstOf(parts: readonly AskedPart[]): Failure | null {
  const left = parts.filter(({ isReplaced }) => !isReplaced);
  const failure = left.map(({ answer }) => answer.failure).find((one) => one !== null) ?? null;
  const isAlone = left.every(({ answer }) => answer.failure !== null) && !left.some(hasContent);
  if (failure === null || failure.kind === "incomplete" || isAlone) return failure;
  const { message, hint, file, retryable } = failure;
  const facts = { ...(hint !== null && { hint }), ...(file !== null && { file }), retryable };
  return new Failure("incomplete", message, facts);
}

function hasContent({ answer }: AskedPart): boolean {
  return answer.text !== "" || (answer.events ?? []).length > 0;
}
