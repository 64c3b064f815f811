import { expect, test } from "vitest";
import { renderJson } from "../../src/render/json.ts";
import { renderJsonl } from "../../src/render/jsonl.ts";
import { createRandom } from "../support/damage.ts";
import { randomTranscript } from "../transcript/read/random-transcript.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";

test("the rich transcript", async () => {
  await expect(`${renderJsonl(richTranscript())}\n`).toMatchFileSnapshot("../../fixtures/golden/rich.jsonl");
});

test("nothing said is no line", () => {
  expect(renderJsonl(emptyTranscript())).toBe("");
});

test("each line is json's segment, and tells of which file", () => {
  const random = createRandom(1);
  for (let round = 0; round < 200; round += 1) {
    const transcript = randomTranscript(random);
    const lines = transcript.segments.length === 0 ? [] : renderJsonl(transcript).split("\n");
    const { segments } = JSON.parse(renderJson(transcript));
    const file = transcript.source.path;
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      segments.map((segment: object) => ({ file, ...segment })),
    );
  }
});

test("no character in it is one that a terminal obeys", () => {
  const [segment] = richTranscript().segments;
  if (segment === undefined) throw new Error("no segments");
  const line = renderJsonl(richTranscript({ segments: [{ ...segment, text: "\u001b[2J\u009b2J\u007f" }] }));
  expect(line).not.toMatch(/\p{Cc}/u);
});
