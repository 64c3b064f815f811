import { describe, expect, test } from "vitest";
import { AnswerLoops } from "../../src/transcript/answer-loops.ts";

function isLoop(json: string): boolean {
  const found = [1, 7, json.length + 1].map((size) => {
    const loops = new AnswerLoops();
    let seen = false;
    for (let at = 0; at < json.length; at += size) seen = loops.add(json.slice(at, at + size));
    return seen;
  });
  expect(new Set(found).size).toBe(1);
  return found[0] ?? false;
}

const timeOf = (second: number) =>
  `${String(Math.floor(second / 60)).padStart(2, "0")}:${String(second % 60).padStart(2, "0")}.000`;

function segmentsOf(...texts: readonly string[]): object[] {
  return texts.map((text, index) => ({
    start: timeOf(index),
    end: timeOf(index + 1),
    speaker: "Speaker 1",
    language: "en",
    text,
  }));
}

function eventsOf(...labels: readonly string[]): object[] {
  return labels.map((label, index) => ({ start: timeOf(index), end: timeOf(index + 1), label }));
}

function jsonOf(segments: readonly object[], events: readonly object[] = [], indent = 0): string {
  return JSON.stringify({ language: "en", segments, events, summary: "Talk." }, null, indent);
}

const times = (count: number, text: string) => Array.from({ length: count }, () => text);

describe("no loop is", () => {
  test.each([
    ["an answer without segments", jsonOf([])],
    ["the same sound, 999 times", jsonOf([], eventsOf(...times(999, "laughter")))],
    ["sounds by turns", jsonOf([], eventsOf(...times(999, "laughter"), ...times(999, "applause")))],
    ["a short text, ninety times", jsonOf(segmentsOf(...times(90, "Mm-hm.")))],
    ["the same, with white space", jsonOf(segmentsOf(...times(90, "Mm-hm.")), [], 2)],
    ["the same, in a script without spaces", jsonOf(segmentsOf(...times(190, "はい。")))],
    ["a short chorus", jsonOf(segmentsOf(...times(16, "And on and on we went.")))],
    ["segments of no text", jsonOf(segmentsOf(...times(500, "")))],
    [
      "short texts with others between them",
      jsonOf(segmentsOf(...times(180, "Yes."), "Good.", ...times(180, "Yes."))),
    ],
    ["a chorus within a text", jsonOf(segmentsOf("la ".repeat(190)))],
  ])("%s", (_, json) => {
    expect(isLoop(json)).toBe(false);
  });
});

describe("a loop is", () => {
  const open = jsonOf(segmentsOf("Welcome.", "")).split('""')[0] ?? "";

  test.each([
    ["the same text again and again", jsonOf(segmentsOf("Welcome.", ...times(60, "And so we went on.")))],
    ["the same, with white space", jsonOf(segmentsOf(...times(60, "And so we went on.")), [], 2)],
    ["a phrase, of a hundred words in all", jsonOf(segmentsOf(...times(17, "And on and on we went.")))],
    ["a short text, more than two hundred times", jsonOf(segmentsOf(...times(201, "はい。")))],
    ["texts by turns", jsonOf(segmentsOf(...times(40, "Who is it? ").flatMap((one) => [one, "It is me."])))],
    ["a text that never ends", `${open}"${"and so on ".repeat(200)}`],
    ["a text that never ends, without spaces", `${open}"${"ha".repeat(1_300)}`],
    ["a sound, a thousand times", jsonOf([], eventsOf(...times(1_000, "Laughter ")))],
    ["plain text instead of an answer", "I do not know. ".repeat(200)],
    ["the same behind the answer", `${jsonOf(segmentsOf("a"))}${"I hope it helps. {} ".repeat(200)}`],
    ["what is no answer any more", `{"segments":[,,${'{"text":"And so we went on."},'.repeat(200)}`],
  ])("%s", (_, json) => {
    expect(isLoop(json)).toBe(true);
  });
});

test("an answer that begins anew is a new one", () => {
  const loops = new AnswerLoops();
  const half = jsonOf(segmentsOf(...times(15, "And so we went on.")), eventsOf(...times(600, "music")));
  expect(loops.add(half)).toBe(false);
  loops.restart();
  expect(loops.add(half)).toBe(false);
});

test("a long answer is followed at once", () => {
  const texts = Array.from(
    { length: 5_000 },
    (_, index) => `This is what number ${"abc"[index % 3]}${index} says.`,
  );
  const json = jsonOf(segmentsOf(...texts));
  const began = performance.now();
  const loops = new AnswerLoops();
  for (let at = 0; at < json.length; at += 60) expect(loops.add(json.slice(at, at + 60))).toBe(false);
  expect(performance.now() - began).toBeLessThan(10_000);
});
