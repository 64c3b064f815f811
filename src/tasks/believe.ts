import { Failure } from "../failure.ts";
import type { Usage } from "../plan/usage.ts";
import type { Collected } from "../transcript/collect.ts";
import type { Progress } from "./progress.ts";

/** Why an answer cannot be believed. */
export type Doubt = "loop" | "nothing" | "times" | "limit" | "early";

/** How a doubt is told. */
const doubts = {
  loop: "said the same again and again",
  nothing: "answered nothing",
  times: "gave times that cannot be true",
  limit: "was cut at its output limit",
  early: "broke off where something is said",
} as const satisfies Record<Doubt, string>;

/** An answer that was read to its end. */
export interface Judged {
  /** Null when it can be believed. */
  readonly doubt: Doubt | null;
  /** What it used, each time that it was asked for. */
  readonly usages: readonly Usage[];
  /** Why it is not all that was asked for; null when it is. */
  readonly failure: Failure | null;
  readonly text: string;
  readonly warnings: readonly string[];
}

interface Attempts<T> {
  /** What the answer is about, for messages. */
  readonly name: string;
  readonly attempt: (isAgain: boolean) => Promise<T>;
  /** Whether the first answer can still be replaced by another. */
  readonly canAskAgain: (doubt: Doubt) => boolean;
}

/**
 * Asks, and asks once more where the answer cannot be believed. Of two the better one counts, and what both used;
 * one that still cannot be believed is no success.
 * Errors: as `attempt` for the first.
 */
export async function believed<T extends Judged>(
  { name, attempt, canAskAgain }: Attempts<T>,
  progress: Progress,
): Promise<T> {
  const first = await attempt(false);
  if (first.doubt === null) return first;
  if (!canAskAgain(first.doubt)) return doubted(name, first);
  const reason = `${name}: the model ${doubts[first.doubt]}`;
  progress.step(`${reason}; asking again`);
  const second = await secondOf(attempt, first);
  const better = isBetter(second, first) ? second : first;
  const usages = second === first ? first.usages : [...first.usages, ...second.usages];
  return doubted(name, {
    ...better,
    usages,
    warnings: [...better.warnings, `${reason}, and was asked again`],
  });
}

/** An answer that cannot be believed is not complete, whatever else is right of it. */
function doubted<T extends Judged>(name: string, answer: T): T {
  if (answer.doubt === null || answer.failure !== null) return answer;
  const failure = new Failure("incomplete", `${name}: the model ${doubts[answer.doubt]}`, {
    hint: "run the command again, or send parts of the recording with --start and --end",
    file: name,
    retryable: true,
  });
  return { ...answer, failure };
}

interface Ended {
  readonly hasContent: boolean;
  /** Whether it is worth asking for one again that was cut at its limit: less cannot be asked about. */
  readonly isLast?: boolean;
}

/** Why an answer that ended like this cannot be believed. */
export function doubtOf(end: Collected["end"], { hasContent, isLast = false }: Ended): Doubt | null {
  if (end.kind === "looping") return "loop";
  if (end.kind === "truncated" && isLast) return "limit";
  return end.kind === "complete" && !hasContent ? "nothing" : null;
}

/** What there is already is not lost because no other answer can be had. */
async function secondOf<T extends Judged>(attempt: Attempts<T>["attempt"], first: T): Promise<T> {
  try {
    return await attempt(true);
  } catch (thrown) {
    if (thrown instanceof Failure && first.text !== "") return first;
    throw thrown;
  }
}

/** Of two that are as good, the one that says more. */
function isBetter<T extends Judged>(one: T, other: T): boolean {
  const difference = rank(one) - rank(other);
  return difference === 0 ? one.text.length >= other.text.length : difference > 0;
}

function rank({ doubt, failure, text }: Judged): number {
  if (doubt === null && failure === null) return 3;
  if (failure === null) return 2;
  return text === "" ? 0 : 1;
}
