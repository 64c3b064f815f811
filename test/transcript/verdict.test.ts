import { expect, test } from "vitest";
import { Failure, type FailureKind } from "../../src/failure.ts";
import type { EndReason } from "../../src/gemini/model.ts";
import { verdictOf } from "../../src/transcript/verdict.ts";

const cut: EndReason = { kind: "cut", failure: new Failure("service", "reset") };

test.each<readonly [EndReason, boolean, boolean, FailureKind | null]>([
  [{ kind: "complete" }, true, true, null],
  [{ kind: "complete" }, false, true, "incomplete"],
  [{ kind: "complete" }, true, false, "incomplete"],
  [{ kind: "truncated" }, true, true, "incomplete"],
  [{ kind: "blocked", by: "SAFETY" }, false, true, "blocked"],
  [{ kind: "blocked", by: "RECITATION" }, true, true, "incomplete"],
  [{ kind: "stopped", by: "LANGUAGE" }, true, true, "incomplete"],
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
