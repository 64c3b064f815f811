import { Failure } from "../failure.ts";
import type { Progress } from "./progress.ts";

/**
 * What the failures of some of several files mean for the run: `partial`, or their own kind when all
 * failed alike; null for none. Each is told by itself where there are several files.
 */
export function failureOfSome(
  failures: readonly Failure[],
  { count, what }: { readonly count: number; readonly what: string },
  progress: Progress,
): Failure | null {
  const [first] = failures;
  if (first === undefined) return null;
  if (count === 1) return first;
  for (const { message } of failures) progress.warn(message);
  const isAlike = failures.length === count && failures.every(({ kind }) => kind === first.kind);
  const message = `${failures.length} of ${count} files could not be ${what}`;
  return new Failure(isAlike ? first.kind : "partial", message, {
    hint: isAlike && first.hint !== null ? first.hint : "the warnings name each with its error",
    retryable: failures.every(({ retryable }) => retryable),
  });
}
