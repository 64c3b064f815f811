import { expect, test } from "vitest";
import { Failure, type FailureKind } from "../../src/failure.ts";
import type { AnswerEnd } from "../../src/transcript/collect.ts";
import { verdictOf } from "../../src/transcript/verdict.ts";

const cut: AnswerEnd = { kind: "cut", failure: new Failure("service", "reset") };

test.each<readonly [AnswerEnd, boolean, boolean, FailureKind | null]>([
  [{ kind: "complete" }, true, true, null],
  [{ kind: "complete" }, false, true, "incomplete"],
  [{ kind: "complete" }, true, false, "incomplete"],
  [{ kind: "truncated" }, true, true, "incomplete"],
  [{ kind: "blocked", by: "SAFETY" }, false, true, "blocked"],
  [{ kind: "blocked", by: "RECITATION" }, true, true, "incomplete"],
  [{ kind: "stopped", by: "LANGUAGE" }, true, true, "incomplete"],
  [{ kind: "looping" }, true, true, "incomplete"],
  [{ kind: "looping" }, false, false, "incomplete"],
  [cut, true, true, "incomplete"],
  [{ kind: "cut", failure: null }, true, true, "incomplete"],
])("an answer that ended %j, with content (%s) and whole (%s): %s", (end, hasContent, isWhole, kind) => {
  const verdict = verdictOf({ end, hasContent, isWhole, name: "interview.mp3" });
  expect(verdict?.kind ?? null).toBe(kind);
  if (verdict !== null) {
    expect(verdict.message).toMatch(/^interview\.mp3: /);
    expect(verdict.hint).not.toBeNull();
  }
});

test("an answer that loops may come out whole the next time, or in parts", () => {
  const verdict = verdictOf({ end: { kind: "looping" }, hasContent: true, isWhole: false, name: "a.mp3" });
  expect(verdict).toMatchObject({
    message: "a.mp3: the model said the same again and again",
    hint: "run the command again, or send parts of the recording with --start and --end",
    retryable: true,
  });
});
