import { expect, test } from "vitest";
import { recordingUri, renderRttm } from "../../src/render/rttm.ts";
import type { Segment, Transcript } from "../../src/transcript/transcript.ts";
import { createRandom } from "../support/damage.ts";
import { errorsBySctk, hasSctk } from "../support/sctk.ts";
import { randomTranscript } from "../transcript/read/random-transcript.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";

type Stretch = readonly [start: number | null, end: number | null, speaker: string | null];

function said(...stretches: readonly Stretch[]): Transcript {
  const segments = stretches.map(
    ([start, end, speaker], id): Segment => ({
      id,
      start,
      end,
      speaker,
      text: "x",
      language: null,
      translation: null,
      emotion: null,
      words: null,
    }),
  );
  return richTranscript({ segments });
}

function turnsOf(transcript: Transcript): string[] {
  return renderRttm(transcript)
    .split("\n")
    .map((line) =>
      line
        .split(" ")
        .filter((_, index) => [3, 4, 7].includes(index))
        .join(" "),
    );
}

test("the rich transcript", async () => {
  await expect(`${renderRttm(richTranscript())}\n`).toMatchFileSnapshot("../../fixtures/golden/rich.rttm");
});

test("nothing said is no line", () => {
  expect(renderRttm(emptyTranscript())).toBe("");
});

test("a segment without a speaker or a time is left out", () => {
  expect(turnsOf(said([0, 1_000, null], [null, null, "A"], [1_000, null, "A"], [2_000, 3_500, "B"]))).toEqual(
    ["2.000 1.500 B"],
  );
});

test("segments of one speaker that overlap are one turn, those of two are two", () => {
  expect(
    turnsOf(said([0, 2_000, "A"], [1_000, 3_000, "B"], [1_500, 4_000, "A"], [4_000, 5_000, "A"])),
  ).toEqual(["0.000 4.000 A", "1.000 2.000 B", "4.000 1.000 A"]);
});

test("a turn without length lasts a millisecond", () => {
  expect(turnsOf(said([1_000, 1_000, "A"], [1_000, 2_000, "A"], [3_000, 3_000, "A"]))).toEqual([
    "1.000 1.000 A",
    "3.000 0.001 A",
  ]);
});

test.each([
  ["talk.mp3", "talk"],
  ["a b/c d.e.mp3", "c_d.e"],
  ["C:\\calls\\my call.wav", "my_call"],
  [".hidden", ".hidden"],
  ["-", "-"],
  ["a\u00a0\n\u0007b.mp3", "a_b"],
  ["", "_"],
])("the recording %j is %s", (path, uri) => {
  expect(recordingUri(path)).toBe(uri);
});

test.skipIf(!hasSctk)("NIST's validator finds no error (needs sctk)", () => {
  const judge = (transcript: Transcript) =>
    errorsBySctk("rttmValidator.pl", ["-p", "-f"], renderRttm(transcript));
  expect(judge(richTranscript())).toEqual([]);
  const random = createRandom(4);
  const stretches = Array.from({ length: 300 }, (): Stretch => {
    const start = random(100_000);
    return [start, start + random(3) * random(5_000), `SPEAKER 0${random(3)}`];
  });
  expect(judge(said(...stretches))).toEqual([]);
  for (let round = 0; round < 10; round += 1) expect(judge(randomTranscript(random))).toEqual([]);
});

test.skipIf(!hasSctk)("the validator knows an error when it sees one (needs sctk)", () => {
  const line = "SPEAKER a 1 0.000 -1.000 <NA> <NA> SPEAKER_00 <NA> <NA>";
  expect(errorsBySctk("rttmValidator.pl", ["-p", "-f"], line)).not.toEqual([]);
});
