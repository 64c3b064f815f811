import { describe, expect, test } from "vitest";
import { LoopDetector, withoutLoop } from "../../src/transcript/loops.ts";
import { randomFrom } from "./random.ts";

function isLoop(text: string): boolean {
  const found = [1, 7, text.length + 1].map((size) => {
    const detector = new LoopDetector();
    let seen = false;
    for (let at = 0; at < text.length; at += size) seen = detector.add(text.slice(at, at + size));
    return seen;
  });
  expect(new Set(found).size).toBe(1);
  return found[0] ?? false;
}

const chorus =
  "Row, row, row your boat, gently down the stream. Merrily, merrily, merrily, merrily, life is but a dream. ";
const sixty = Array.from(
  { length: 60 },
  (_, index) => `word${"abcdefghij"[index % 10]}${"uvwxyz"[index % 6]}${index}x`,
).join(" ");

describe("what people repeat is no loop", () => {
  test.each([
    ["nothing", ""],
    ["a chorus, four times", chorus.repeat(4)],
    ["a no, twenty times", "no ".repeat(20)],
    ["a line, thirty times", "Mm-hm.\n".repeat(30)],
    ["a refrain of seven times, however long", `${sixty} `.repeat(7)],
    ["counting", Array.from({ length: 500 }, (_, index) => `${index + 1}, `).join("")],
    ["laughter in a script without spaces", "哈".repeat(300)],
    ["a refrain in a script without spaces", "桜が咲いた、春が来た。".repeat(7)],
  ])("%s", (_, text) => {
    expect(isLoop(`${text}And so the talk goes on for a while. `)).toBe(false);
  });

  test("a long talk of words at random", () => {
    const random = randomFrom(7);
    const words = ["yes", "no", "well", "so", "and", "then", "I", "you"];
    const talk = Array.from({ length: 20_000 }, () => words[Math.floor(random() * words.length)]).join(" ");
    expect(isLoop(talk)).toBe(false);
  });
});

describe("a model that says the same over and over is in a loop", () => {
  test.each([
    ["one word", "the ".repeat(101)],
    ["a sentence", "I don't know what to say. ".repeat(20)],
    ["a sentence that is written differently", "Well, I see. well I see! WELL - I SEE? ".repeat(20)],
    [
      "sentences between which times go on",
      Array.from({ length: 50 }, (_, n) => `[00:${n}] I see it. `).join(""),
    ],
    ["sixty words", `${sixty} `.repeat(9)],
    ["a word without spaces", "ha".repeat(250)],
    ["a phrase in a script without spaces", "桜が咲いた".repeat(90)],
    ["a phrase with punctuation in a script without spaces", "桜が咲いた、春が来た。".repeat(60)],
  ])("%s", (_, text) => {
    expect(isLoop(`Welcome to the show. ${text}`)).toBe(true);
  });

  test("from the word on that makes it one", () => {
    const detector = new LoopDetector({ leastWords: 100 });
    expect(detector.add("the ".repeat(99))).toBe(false);
    expect(detector.add("th")).toBe(false);
    expect(detector.add("e ")).toBe(true);
  });

  test("until it begins anew", () => {
    const detector = new LoopDetector();
    detector.add("the ".repeat(99));
    detector.restart();
    expect(detector.add("the ".repeat(99))).toBe(false);
    expect(detector.add("the ".repeat(99))).toBe(true);
    detector.restart();
    expect(detector.add("the ")).toBe(false);
  });

  test("even if it goes on with something else", () => {
    expect(isLoop(`${"the ".repeat(200)} end. Good night to all of you.`)).toBe(true);
  });
});

describe("a loop's repetitions are cut to one", () => {
  test.each([
    ["Welcome. I see. ".concat("I know it. ".repeat(50)), "Welcome. I see. I know it."],
    [`Welcome. ${"I know it. ".repeat(50)}I kn`, "Welcome. I know it."],
    [`Welcome. ${"I know it. ".repeat(50)}Good night.`, "Welcome. I know it. Good night."],
    [`A. ${"I know it. ".repeat(50)}B. ${"you do ".repeat(60)}C.`, "A. I know it. B. you do C."],
    [`始め。${"桜が咲いた".repeat(90)}`, "始め。桜が咲いた"],
    [`Hi ${"ha".repeat(250)} there`, "Hi ha there"],
    [`Know it. ${"I know it. ".repeat(50)}Good night.`, "Know it. I know it. Good night."],
    ["no ".repeat(20), "no ".repeat(20)],
    ["", ""],
  ])("case %#", (text, cut) => {
    expect(withoutLoop(text)).toBe(cut);
  });

  test("from as many words on as for detecting it", () => {
    const text = "I know it. ".repeat(50);
    expect(withoutLoop(text, { leastWords: 600 })).toBe(text);
  });
});
