import { describe, expect, test } from "vitest";
import { Continuation } from "../../src/transcript/continuation.ts";

const printed =
  "Good morning, and welcome to the harbour report. With me is our pilot, Ben. The fog lifted at six, and two ferr";
const whole = `${printed}ies have already left. How long will the northern channel stay closed?`;

/** What goes on behind what was printed, whatever the pieces it comes in; null when it does not agree. */
function restOf(again: string, before = printed): string | null {
  const rests = [1, 7, 1_000_000].map((size) => {
    const continuation = new Continuation(before);
    let rest: string | null = null;
    for (let at = 0; at < again.length; at += size) {
      const piece = again.slice(at, at + size);
      if (rest !== null) rest += piece;
      else rest = continuation.add(piece, false);
    }
    return rest ?? continuation.add("", true);
  });
  expect(new Set(rests).size).toBe(1);
  return rests[0] ?? null;
}

describe("an answer that broke off goes on where it was", () => {
  test("when the same comes again", () => {
    expect(restOf(whole)).toBe("ies have already left. How long will the northern channel stay closed?");
  });

  test("when case and punctuation differ", () => {
    const again = whole.replace("report. With", "report; with").replace("pilot, Ben.", "pilot Ben -");
    expect(restOf(again)).toMatch(/^ies have already/);
  });

  test("when words before the end differ, are missing or are more", () => {
    expect(restOf(whole.replace("Good morning, and welcome", "Welcome"))).toMatch(/^ies have/);
    expect(restOf(whole.replace("Good morning", "Hello and a very good morning to all of you"))).toMatch(
      /^ies/,
    );
  });

  test("behind a whole word, with what follows it", () => {
    expect(restOf("one two three four. Five six", "one two three")).toBe(" four. Five six");
    expect(restOf("One, two, three, four", "one two three ")).toBe(", four");
  });

  test("in any script", () => {
    expect(restOf("Привет, мир! Как дела сегодня", "привет мир как де")).toBe("ла сегодня");
  });

  test("of places that look alike, at the nearest", () => {
    const phrase = "and so on and so on and so on";
    const again = `${phrase} ${phrase} the end`;
    expect(restOf(again, `${phrase} `)).toBe(`${phrase} the end`);
  });
});

describe("what is said more than once is not taken for the end too early", () => {
  const refrain = "Please hold the line and wait for me.";
  const twice = `We open the show. ${refrain} I said it once more to all of you. ${refrain}`;

  test("when the same comes again", () => {
    expect(restOf(`${twice} Now the news.`, twice)).toBe(" Now the news.");
  });

  test("when another beginning comes again", () => {
    const again = `${twice.replace("We open the show", "The show is on")} Now the news.`;
    expect(restOf(again, twice)).toBe(" Now the news.");
  });

  test("and where nothing tells the places apart, there is none", () => {
    const loop = `It begins. ${`${refrain} `.repeat(4)}`.trim();
    expect(restOf(`So it is: ${`${refrain} `.repeat(9)}The end.`, loop)).toBeNull();
  });
});

describe("there is no place", () => {
  test.each([
    [
      "what came is another text",
      "It was a dark and stormy night, and nobody was at the harbour at all that day",
    ],
    ["it has not come that far", printed.slice(0, 60)],
    ["the open word is another", whole.replace("ferries", "boats")],
    ["nothing came", ""],
  ])("when %s", (_name, again) => {
    expect(restOf(again)).toBeNull();
  });
});
