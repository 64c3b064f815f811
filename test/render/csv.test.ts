import { expect, test } from "vitest";
import { renderCsv } from "../../src/render/csv.ts";
import { speakerName } from "../../src/render/speaker-name.ts";
import { createRandom } from "../support/damage.ts";
import { randomTranscript } from "../transcript/read/random-transcript.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";

/** Reads CSV as RFC 4180 tells it, character for character. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (at >= text.length) throw new Error("a quote is open");
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else {
      for (; at < text.length && text[at] !== "," && text[at] !== "\n"; at += 1) {
        if (text[at] === '"' || text[at] === "\r") throw new Error("not quoted");
        cell += text[at];
      }
    }
    row.push(cell);
    if (text[at] !== ",") {
      rows.push(row);
      row = [];
    }
    at += 1;
  }
  return rows;
}

/** What was said, of a cell in which no formula may be. */
function undefused(cell: string): string {
  return /^'(?:[\s"']*[=+\-@＝＋－＠]|["']*[\t\r\n])/.test(cell) ? cell.slice(1) : cell;
}

function textOnly(text: string) {
  const [segment] = richTranscript().segments;
  if (segment === undefined) throw new Error("no segments");
  return richTranscript({ segments: [{ ...segment, text }] });
}

test("the rich transcript", async () => {
  await expect(`${renderCsv(richTranscript())}\n`).toMatchFileSnapshot("../../fixtures/golden/rich.csv");
});

test("nothing said is the header alone", () => {
  expect(renderCsv(emptyTranscript())).toBe("start,end,speaker,text");
});

test.each([
  ["=1+1"],
  ["+49 30"],
  ["-1 degrees"],
  ["@home"],
  [" \t=1"],
  ['"=1'],
  ["'=1"],
  ["\tx"],
  ["\rx"],
  ["＝1"],
  ["＋1"],
  ["－1"],
  ["＠x"],
])("%j is no formula when a spreadsheet opens it", (text) => {
  const cell = readCsv(renderCsv(textOnly(text)))[1]?.[3] ?? "";
  expect(cell).toBe(`'${text}`);
});

test.each([["1 = 1"], ["a-b"], ["'tis"], ["(=)"], [""], ["  so"]])("%j is left as it is", (text) => {
  expect(readCsv(renderCsv(textOnly(text)))[1]?.[3]).toBe(text);
});

test("a name is no formula, either", () => {
  const speakers = [{ id: "SPEAKER_00", name: "=cmd|' /C calc'!A0" }];
  expect(readCsv(renderCsv({ ...textOnly("Hello"), speakers }))[1]?.[2]).toBe("'=cmd|' /C calc'!A0");
});

test("whatever is said, it can be read back", () => {
  const random = createRandom(3);
  for (let round = 0; round < 500; round += 1) {
    const transcript = randomTranscript(random);
    const [header, ...rows] = readCsv(renderCsv(transcript));
    expect(header).toEqual(["start", "end", "speaker", "text"]);
    const told = (time: number | null) => (time === null ? "" : (time / 1_000).toFixed(3));
    expect(rows.map((row) => row.map(undefused))).toEqual(
      transcript.segments.map(({ start, end, speaker, text }) => [
        told(start),
        told(end),
        speaker === null ? "" : speakerName(speaker, transcript.speakers),
        text,
      ]),
    );
  }
});
