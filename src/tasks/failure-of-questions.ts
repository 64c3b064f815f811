import { Failure } from "../failure.ts";

interface Asked {
  readonly count: number;
  /** How many were not answered, or not in full. */
  readonly lacking: number;
}

/**
 * What the failures of some of several questions mean for the run: their own kind when all failed alike, else
 * `incomplete`; null for none. Each is told by itself where there are several questions.
 */
export function failureOfQuestions(failures: readonly Failure[], { count, lacking }: Asked): Failure | null {
  const [first] = failures;
  if (first === undefined) return null;
  if (count === 1) return first;
  const isAlike = failures.length === count && failures.every(({ kind }) => kind === first.kind);
  return new Failure(
    isAlike ? first.kind : "incomplete",
    `${lacking} of ${count} questions were not answered, or not in full`,
    {
      hint: "the warnings name each with its error",
      ...(first.file !== null && { file: first.file }),
      retryable: failures.every(({ retryable }) => retryable),
    },
  );
}
