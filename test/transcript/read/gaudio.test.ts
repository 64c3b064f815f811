import { describe, expect, test } from "vitest";
import { renderJson } from "../../../src/render/json.ts";
import { readTranscript } from "../../../src/transcript/read/read-transcript.ts";
import { emptyTranscript, richTranscript } from "../../render/rich.ts";
import { createRandom } from "../../support/damage.ts";
import { failureOf } from "./failure.ts";
import { randomTranscript } from "./random-transcript.ts";

const read = (text: string) => readTranscript(text, { path: "talk.json" });

/** The document with some keys changed; undefined for a key that is gone. */
function changed(changes: object): string {
  return JSON.stringify({ ...JSON.parse(renderJson(richTranscript())), ...changes });
}

describe("gaudio's own JSON is the same again", () => {
  test.each([
    ["the rich transcript", richTranscript()],
    ["an empty one", emptyTranscript()],
  ])("%s", (_, transcript) => {
    expect(read(renderJson(transcript))).toEqual(transcript);
    expect(renderJson(read(renderJson(transcript)))).toBe(renderJson(transcript));
  });

  test("whatever is said", () => {
    const random = createRandom(7);
    for (let round = 0; round < 500; round += 1) {
      const transcript = randomTranscript(random);
      const json = renderJson(transcript);
      expect(read(json)).toEqual(transcript);
      expect(renderJson(read(json))).toBe(json);
    }
  });

  test("with a byte order mark, CRLF, and on one line", () => {
    const json = renderJson(richTranscript());
    expect(read(`\uFEFF${json.replaceAll("\n", "\r\n")}\r\n`)).toEqual(richTranscript());
    expect(read(`${JSON.stringify(JSON.parse(json))}\n`)).toEqual(richTranscript());
  });
});

test("of several documents the first is read, and it is told that there are more", () => {
  const line = JSON.stringify(JSON.parse(renderJson(richTranscript())));
  const { making, ...rest } = read(`${line}\n${line}\n\n${line}\n`);
  expect(making.warnings).toEqual(["only the first of 3 documents in talk.json is read"]);
  expect({ ...rest, making: { ...making, warnings: [] } }).toEqual(richTranscript());
});

test("keys that were not always there may be missing, keys of tomorrow are passed over", () => {
  const { speakers, events, summary } = read(
    changed({ events: undefined, summary: undefined, tomorrow: { a: [1] } }),
  );
  expect({ events, summary }).toEqual({ events: null, summary: null });
  expect(speakers).toEqual(richTranscript().speakers);
});

test("who speaks and is not listed becomes a speaker", () => {
  expect(read(changed({ speakers: [{ id: "SPEAKER_02", name: "Li" }] })).speakers).toEqual([
    { id: "SPEAKER_02", name: "Li" },
    { id: "SPEAKER_00", name: null },
    { id: "SPEAKER_01", name: null },
    { id: "SPEAKER_03", name: null },
  ]);
});

test("no control character comes through", () => {
  const { text, source } = read(
    changed({ text: "a\u001b[2Jb\u0000\nc", source: JSON.parse(changed({})).source }),
  );
  expect(text).toBe("a[2Jb\nc");
  expect(source.path).toBe("recordings/harbour report.mp3");
});

test.each([
  ["a text that is none", { text: 5 }, "talk.json: text: "],
  ["segments that are none", { segments: "x" }, "talk.json: segments: "],
  [
    "a time that is none",
    { segments: [{ start: "1", end: 2, text: "a" }] },
    "talk.json: segments[0].start: ",
  ],
  ["a time below zero", { segments: [{ start: -1, end: 2, text: "a" }] }, "talk.json: segments[0].start: "],
  ["a time of no recording", { segments: [{ start: 1e300, text: "a" }] }, "talk.json: segments[0].start: "],
  [
    "an emotion nobody has",
    { segments: [{ text: "a", emotion: "odd" }] },
    "talk.json: segments[0].emotion: ",
  ],
  ["no source", { source: null }, "talk.json: source: "],
  ["no verdict", { complete: undefined }, "talk.json: complete: "],
])("%s is told by its key", (_, changes, message) => {
  expect(failureOf(() => read(changed(changes))).message).toContain(message);
});

test("__proto__ is a key like any other", () => {
  const json = renderJson(richTranscript()).replace("{", '{"__proto__": {"text": "x"}, "constructor": 1,');
  expect(read(json)).toEqual(richTranscript());
  expect(Object.hasOwn(Object.prototype, "text")).toBe(false);
});
