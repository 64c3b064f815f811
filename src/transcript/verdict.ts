import { Failure } from "../failure.ts";
import type { AnswerEnd } from "./collect.ts";

interface Ended {
  readonly end: AnswerEnd;
  /** Whether anything of use arrived. */
  readonly hasContent: boolean;
  /** Whether a structured answer could be read to its end; true for plain text. */
  readonly isWhole: boolean;
  /** The recordings it is about. */
  readonly name: string;
}

/** Whether an answer is all that was asked for: null, or why it is not. */
export function verdictOf({ end, hasContent, isWhole, name }: Ended): Failure | null {
  const incomplete = (message: string, hint: string, retryable = true) =>
    new Failure("incomplete", `${name}: ${message}`, { hint, file: name, retryable });
  switch (end.kind) {
    case "complete":
      if (!hasContent)
        return incomplete("the model answered nothing", "check that somebody speaks in it, then try again");
      if (isWhole) return null;
      return incomplete("the model's answer cannot be read to its end", "run the command again");
    case "truncated":
      return incomplete(
        "the answer was cut at the model's output limit",
        "cut the recording into shorter files",
        false,
      );
    case "blocked":
      return blocked(end.by, hasContent, name);
    case "stopped":
      return incomplete(`the model stopped before the end (${end.by})`, "run the command again");
    case "looping":
      return incomplete(
        "the model said the same again and again",
        "run the command again, or send parts of the recording with --start and --end",
      );
    case "cut":
      if (end.failure === null) return incomplete("the answer broke off", "run the command again");
      return incomplete(
        `the answer broke off: ${end.failure.message}`,
        end.failure.hint ?? "run the command again",
        end.failure.retryable,
      );
  }
}

function blocked(by: string, hasContent: boolean, name: string): Failure {
  return new Failure(
    hasContent ? "incomplete" : "blocked",
    `${name}: the service blocked the content (${by})`,
    {
      hint: "the service's filters object to what is said; another model may not",
      file: name,
    },
  );
}
