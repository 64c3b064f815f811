import { expect, test } from "vitest";
import { renderTsv } from "../../src/render/tsv.ts";
import { createRandom } from "../support/damage.ts";
import { randomTranscript } from "../transcript/read/random-transcript.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";

test("the rich transcript", async () => {
  await expect(`${renderTsv(richTranscript())}\n`).toMatchFileSnapshot("../../fixtures/golden/rich.tsv");
});

test("nothing said is the header alone", () => {
  expect(renderTsv(emptyTranscript())).toBe("start\tend\ttext");
});

test("whatever is said, a segment is a line of three cells", () => {
  const random = createRandom(2);
  for (let round = 0; round < 300; round += 1) {
    const { segments, ...rest } = randomTranscript(random);
    const rows = renderTsv({ segments, ...rest })
      // As Python's splitlines does.
      .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
      .slice(1)
      .map((line) => line.split("\t"));
    const told = (time: number | null) => (time === null ? "" : String(time));
    expect(rows).toEqual(
      segments.map(({ start, end, text }) => [
        told(start),
        told(end),
        text.replace(/[\t\n\u2028]/g, " ").trim(),
      ]),
    );
  }
});
