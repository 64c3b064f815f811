import { Failure } from "../failure.ts";
import { addUsage, type Usage } from "../plan/usage.ts";
import type { Collected } from "../transcript/collect.ts";
import type { Progress } from "./progress.ts";

/** Why an answer cannot be believed. */
export type Doubt = "loop" | "nothing" | "times";

/** How a doubt is told. */
const doubts = {
  loop: "said the same again and again",
  nothing: "answered nothing",
  times: "gave times that cannot be true",
} as const satisfies Record<Doubt, string>;

/** An answer that was read to its end. */
export interface Judged {
  /** Null when it can be believed. */
  readonly doubt: Doubt | null;
  readonly usage: Usage;
  /** Why it is not all that was asked for; null when it is. */
  readonly failure: Failure | null;
  readonly text: string;
  readonly warnings: readonly string[];
}

interface Attempts<T> {
  /** What the answer is about, for messages. */
  readonly name: string;
  readonly attempt: () => Promise<T>;
  /** Whether an answer that is doubted like this can still be replaced by another. */
  readonly canAskAgain: (doubt: Doubt) => boolean;
}

/**
 * Asks, and asks once more where the answer cannot be believed. Of two the better one counts, and what both used.
 * Errors: as `attempt` for the first.
 */
export async function believed<T extends Judged>(
  { name, attempt, canAskAgain }: Attempts<T>,
  progress: Progress,
): Promise<T> {
  const first = await attempt();
  if (first.doubt === null || !canAskAgain(first.doubt)) return first;
  const doubted = `${name}: the model ${doubts[first.doubt]}`;
  progress.step(`${doubted}; asking again`);
  const second = await secondOf(attempt, first);
  const better = rank(second) >= rank(first) ? second : first;
  const usage = second === first ? first.usage : addUsage([first.usage, second.usage]);
  return { ...better, usage, warnings: [...better.warnings, `${doubted}, and was asked again`] };
}

/** Why an answer that ended like this cannot be believed. */
export function doubtOf(end: Collected["end"], hasContent: boolean): Doubt | null {
  if (end.kind === "looping") return "loop";
  return end.kind === "complete" && !hasContent ? "nothing" : null;
}

/** What there is already is not lost because no other answer can be had. */
async function secondOf<T extends Judged>(attempt: () => Promise<T>, first: T): Promise<T> {
  try {
    return await attempt();
  } catch (thrown) {
    if (thrown instanceof Failure && first.text !== "") return first;
    throw thrown;
  }
}

function rank({ doubt, failure, text }: Judged): number {
  if (doubt === null && failure === null) return 3;
  if (failure === null) return 2;
  return text === "" ? 0 : 1;
}
