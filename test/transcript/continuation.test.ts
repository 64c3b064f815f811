import { describe, expect, test } from "vitest";
import { continuationOf } from "../../src/transcript/continuation.ts";

const printed =
  "Good morning, and welcome to the harbour report. With me is our pilot, Ben. The fog lifted at six, and two ferr";
const whole = `${printed}ies have already left. How long will the northern channel stay closed?`;

/** What goes on behind what was printed; null when it does not agree. */
function restOf(again: string, before = printed): string | null {
  const place = continuationOf(before, again);
  return place === null ? null : again.slice(place);
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
