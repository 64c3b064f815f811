import { expect, test } from "vitest";
import { renderCtm } from "../../src/render/ctm.ts";
import type { Transcript, Word } from "../../src/transcript/transcript.ts";
import { createRandom } from "../support/damage.ts";
import { errorsBySctk, hasSctk } from "../support/sctk.ts";
import { randomTranscript } from "../transcript/read/random-transcript.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";

/** The validator takes words of English letters alone, unless it is told of another language. */
const anyLanguage = ["-l", "any"] as const;

function withWords(words: readonly Word[]): Transcript {
  const [segment] = richTranscript().segments;
  if (segment === undefined) throw new Error("no segments");
  return richTranscript({ segments: [{ ...segment, words }] });
}

test("the rich transcript", async () => {
  await expect(`${renderCtm(richTranscript())}\n`).toMatchFileSnapshot("../../fixtures/golden/rich.ctm");
});

test("nothing said is no line", () => {
  expect(renderCtm(emptyTranscript())).toBe("");
});

test("words are in order, without white space, and none without times", () => {
  const word = (text: string, start: number | null, end: number | null) => ({
    text,
    start,
    end,
    speaker: null,
  });
  const words = [
    word("later", 2_000, 2_500),
    word("New\u00a0 York", 500, 1_234),
    word("nowhere", null, null),
    word(" ", 0, 1),
    word("Ah!", 700, 700),
  ];
  expect(renderCtm(withWords(words)).split("\n")).toEqual([
    "harbour_report 1 0.500 0.734 New_York",
    "harbour_report 1 0.700 0.000 Ah!",
    "harbour_report 1 2.000 0.500 later",
  ]);
});

test.skipIf(!hasSctk)("NIST's validator finds no error (needs sctk)", () => {
  const random = createRandom(5);
  const transcripts = [
    richTranscript(),
    ...Array.from({ length: 30 }, () => randomTranscript(random)).filter(({ segments }) =>
      segments.some(({ words, start }) => start !== null && (words ?? []).length > 0),
    ),
  ];
  for (const transcript of transcripts) {
    const text = renderCtm(transcript);
    if (text !== "") expect(errorsBySctk("ctmValidator.pl", anyLanguage, text)).toEqual([]);
  }
});

test.skipIf(!hasSctk)("the validator knows an error when it sees one (needs sctk)", () => {
  expect(errorsBySctk("ctmValidator.pl", anyLanguage, "a 1 0.000 hello")).not.toEqual([]);
});
