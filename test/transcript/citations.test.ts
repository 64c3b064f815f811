import { describe, expect, test } from "vitest";
import { CitationReader } from "../../src/transcript/citations.ts";

const minute = { start: 0, duration: 60 };
const hours = { start: 600, duration: 9_000 };

function read(text: string, parts = [minute]) {
  const reader = new CitationReader(parts);
  const shown = reader.add(text) + reader.end();
  return { shown, citations: reader.citations, outside: reader.outside };
}

test.each([
  ["so it is [0:05]", "so it is [00:05]", [{ recording: null, start: 5_000, end: null }]],
  ["[00:05-00:10.4]", "[00:05-00:10]", [{ recording: null, start: 5_000, end: 10_400 }]],
  [
    "[00:05, 00:10]",
    "[00:05, 00:10]",
    [
      { recording: null, start: 5_000, end: null },
      { recording: null, start: 10_000, end: null },
    ],
  ],
])("%s points to times", (text, shown, citations) => {
  expect(read(text)).toEqual({ shown, citations, outside: [] });
});

test("times of a part are told in the time of the recording, from one hour on with hours", () => {
  expect(read("[00:05] [1:02:03]", [hours])).toMatchObject({
    shown: "[10:05] [01:12:03]",
    citations: [{ start: 605_000 }, { start: 4_323_000 }],
  });
});

test.each([
  "[2, 00:05]",
  "[2 00:05]",
  "[Recording 2, 00:05]",
  "[Recording 2 at 00:05]",
  "[recording #2: 00:05]",
])("%s names one of several recordings", (text) => {
  const { shown, citations } = read(text, [minute, hours]);
  expect({ shown, citations }).toEqual({
    shown: "[2, 10:05]",
    citations: [{ recording: 2, start: 605_000, end: null }],
  });
});

test.each([
  "[laughs]",
  "[1]",
  "[2024]",
  "[John 3:16]",
  "[a, 0:05]",
  "[]",
  "[0:05",
  "0:05]",
  "[[0:05",
  "[\n0:05]",
])("%s is left as it is", (text) => {
  expect(read(text)).toEqual({ shown: text, citations: [], outside: [] });
});

test.each(["[1:30]", "[0:30-1:30]", "[0:40-0:30]", "[3, 0:05]"])("%s cannot be", (text) => {
  expect(read(text, [minute, minute])).toEqual({ shown: text, citations: [], outside: [text] });
});

describe("however a text is cut into pieces", () => {
  const text = "One [0:05], two [x] and [0:10-0:20]. Three [an open bracket, ";
  test.each([1, 2, 3, 7])("of %i characters, it is the same", (size) => {
    const reader = new CitationReader([hours]);
    const pieces = text.match(new RegExp(`.{1,${size}}`, "g")) ?? [];
    const shown = pieces.map((piece) => reader.add(piece)).join("") + reader.end();
    expect(shown).toBe("One [10:05], two [x] and [10:10-10:20]. Three [an open bracket, ");
    expect(reader.citations).toHaveLength(2);
  });

  test("what is in no bracket is shown at once", () => {
    expect(new CitationReader([minute]).add("all of it [1] and a rest")).toBe("all of it [1] and a rest");
  });
});
