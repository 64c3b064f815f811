import { expect, test } from "vitest";
import { type Cacheable, planCaching } from "../../src/plan/caching.ts";
import { modelNamed } from "../../src/plan/models.ts";

const now = Date.parse("2026-11-20");
const flash = modelNamed("gemini-3.8-flash");
/** A million tokens for an hour, which is what prices are given for. */
const wanted = { model: flash, tokens: 1_000_000, questions: 3, lifetime: 3_600 };

test("it pays where making and keeping a cache cost less than what each question saves", () => {
  // 0.75 for making it and 1 for keeping it, against 0.675 a question.
  expect(planCaching(wanted, now)).toEqual({ kind: "pays", costUsd: 1.75, from: 3, savedUsd: 0.275 });
  expect(planCaching({ ...wanted, questions: 2 }, now)).toEqual({
    kind: "no",
    reason: "it would pay from 3 questions on, and there are 2",
  });
});

test.each([
  ["ten minutes", { lifetime: 600 }, { costUsd: 0.916667, from: 2, savedUsd: 1.108333 }],
  ["a day", { lifetime: 86_400, questions: 100 }, { costUsd: 24.75, from: 37, savedUsd: 42.75 }],
  ["full prices", { at: "2027-01-01" }, { costUsd: 2.5, from: 2, savedUsd: 1.55 }],
  ["another model", { model: modelNamed("gemini-2.5-flash") }, { costUsd: 2, from: 3, savedUsd: 0.7 }],
  ["as many questions as it takes", { questions: null }, { costUsd: 1.75, from: 3, savedUsd: null }],
])(
  "%s",
  (_name, { at = "2026-11-20", ...changes }: Partial<Cacheable> & { readonly at?: string }, expected) => {
    expect(planCaching({ ...wanted, ...changes }, Date.parse(at))).toEqual({ kind: "pays", ...expected });
  },
);

test.each([
  ["one question", { questions: 1 }, "it would pay from 3 questions on, and there is 1"],
  ["too little", { tokens: 4_095 }, "they are some 4095 tokens, and gemini-3.8-flash caches from 4096 on"],
  ["a video", { tokens: null }, "what they weigh is not known"],
  [
    "a model without a price for it",
    { model: modelNamed("gemini-2.5-pro") },
    "of gemini-2.5-pro no price for caching is known",
  ],
  [
    "a model that nobody knows",
    { model: modelNamed("gemini-9") },
    "of gemini-9 no price for caching is known",
  ],
])("%s is not cached", (_name, changes, reason) => {
  expect(planCaching({ ...wanted, ...changes }, now)).toEqual({ kind: "no", reason });
});
