import { expect, test } from "vitest";
import { assemble } from "../../src/transcript/assemble.ts";

const whole = { start: 0, duration: 10 };
const all = { hasTimes: true, hasSpeakers: true };

test("speakers are numbered by first appearance, whatever the model calls them", () => {
  const labels = ["B", "A", " b ", "A"];
  const answered = labels.map((speaker) => ({ speaker, text: "x", start: "0:00", end: "0:01" }));
  const { segments, speakers } = assemble(answered, all, whole);
  expect(segments.map(({ speaker }) => speaker)).toEqual([
    "SPEAKER_00",
    "SPEAKER_01",
    "SPEAKER_00",
    "SPEAKER_01",
  ]);
  expect(speakers).toEqual([
    { id: "SPEAKER_00", name: null },
    { id: "SPEAKER_01", name: null },
  ]);
});

test("times outside the recording are moved into it, with a warning; no word is lost", () => {
  const answered = [
    { start: "0:01", end: "0:02", text: "in" },
    { start: "0:09", end: "0:12", text: "over the end" },
    { start: "1:00", end: "1:05", text: "behind the end" },
    { start: "0:05", end: "0:03", text: "backwards" },
  ];
  const { segments, warnings } = assemble(answered, { hasTimes: true, hasSpeakers: false }, whole);
  expect(segments.map(({ start, end, text }) => [start, end, text])).toEqual([
    [1_000, 2_000, "in"],
    [9_000, 10_000, "over the end"],
    [10_000, 10_000, "behind the end"],
    [5_000, 5_000, "backwards"],
  ]);
  expect(warnings).toEqual(["3 of 4 segments had impossible times, moved into the recording"]);
});

test("a time that cannot be read is null, with a warning", () => {
  const { segments, warnings } = assemble([{ start: "soon", end: "0:02", text: "x" }], all, whole);
  expect(segments).toMatchObject([{ start: null, end: 2_000 }]);
  expect(warnings).toHaveLength(1);
});

test("what was not asked for is null, even if it was answered", () => {
  const answered = [{ start: "0:00", end: "0:01", speaker: "A", text: "x" }];
  expect(assemble(answered, { hasTimes: false, hasSpeakers: false }, whole)).toEqual({
    segments: [{ id: 0, start: null, end: null, text: "x", speaker: null }],
    speakers: [],
    warnings: [],
  });
});

test("control characters and empty segments are left out", () => {
  const answered = [{ text: "a\u001b[31mb\u0007\tc\nd\u009b" }, { text: " \u0000 " }];
  const { segments } = assemble(answered, { hasTimes: false, hasSpeakers: false }, whole);
  expect(segments.map(({ text }) => text)).toEqual(["a[31mb\tc\nd"]);
});

test("the times of a part become those of the whole recording, none before its beginning", () => {
  const answered = [
    { start: "0:00", end: "0:01", text: "first" },
    { start: "0:02", end: "0:20", text: "over the end of the part" },
  ];
  const shape = { hasTimes: true, hasSpeakers: false };
  const inside = assemble(answered, shape, { start: 600, duration: 10 });
  expect(inside.segments.map(({ start, end }) => [start, end])).toEqual([
    [600_000, 601_000],
    [602_000, 610_000],
  ]);
  expect(inside.warnings).toHaveLength(1);
  expect(assemble(answered, shape, { start: -0.5, duration: 10 }).segments[0]).toMatchObject({
    start: 0,
    end: 500,
  });
});
