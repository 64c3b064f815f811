import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import type { ModelEvent, ModelWord } from "../../src/gemini/model.ts";
import { unknownUsage } from "../../src/plan/usage.ts";
import { collect } from "../../src/transcript/collect.ts";
import { LoopDetector } from "../../src/transcript/loops.ts";

const complete: ModelEvent = { kind: "end", reason: { kind: "complete" } };
const cut: ModelEvent = { kind: "end", reason: { kind: "cut", failure: new Failure("service", "reset") } };
const restart: ModelEvent = { kind: "restart" };

function text(said: string): ModelEvent {
  return { kind: "text", text: said };
}

function words(...said: readonly string[]): ModelEvent {
  return { kind: "words", words: said.map(wordOf) };
}

function wordOf(said: string): ModelWord {
  return { text: said, start: 0, end: 1, speaker: null };
}

function usage(outputTokens: number): ModelEvent {
  return { kind: "usage", usage: { ...unknownUsage, outputTokens } };
}

async function* told(...events: readonly ModelEvent[]): AsyncGenerator<ModelEvent> {
  yield* events;
}

describe("an answer is followed to its end", () => {
  test("text and words are joined, thoughts are none of it", async () => {
    const thought: ModelEvent = { kind: "thought", text: "hm" };
    const events = told(text("a\u001b"), thought, words("a"), text("b"), words("b", "c"), usage(3), complete);
    expect(await collect(events)).toEqual({
      text: "ab",
      words: ["a", "b", "c"].map(wordOf),
      usage: { ...unknownUsage, outputTokens: 3 },
      end: { kind: "complete" },
    });
  });

  test("a line's end that is cut in two is one", async () => {
    const events = told(text("a\r"), text(""), text("\nb\r"), text("c\r\n"), text("\nd"), complete);
    expect((await collect(events)).text).toBe("a\nb\nc\n\nd");
  });

  test("one without an end was cut", async () => {
    expect(await collect(told(text("a")))).toMatchObject({ text: "a", end: { kind: "cut", failure: null } });
  });

  test("the listener hears every piece, and that it begins anew", async () => {
    const heard: string[] = [];
    const listener = {
      write: async (piece: string) => void heard.push(piece),
      restart: () => void heard.push("|"),
    };
    await collect(told(text("a"), restart, text("b\u0007"), complete), { listener });
    expect(heard).toEqual(["a", "|", "b"]);
  });
});

describe("of an answer that was given again", () => {
  test.each<readonly [string, readonly ModelEvent[], string, readonly string[]]>([
    ["the last counts", [text("longer"), words("x"), restart, text("b"), words("b"), complete], "b", ["b"]],
    [
      "the longest, where the last broke off",
      [text("longer"), words("x"), restart, text("b"), cut],
      "longer",
      ["x"],
    ],
    [
      "the last, where it is as long",
      [text("a"), words("x"), restart, text("b"), words("y"), cut],
      "b",
      ["y"],
    ],
    [
      "the one with more words, where no text came",
      [words("x", "y"), restart, words("z"), cut],
      "",
      ["x", "y"],
    ],
  ])("%s; its words go with its text", async (_, events, expected, said) => {
    expect(await collect(told(...events))).toMatchObject({ text: expected, words: said.map(wordOf) });
  });

  test("all that was used counts", async () => {
    const events = told(usage(3), restart, usage(4), complete);
    expect((await collect(events)).usage).toMatchObject({ outputTokens: 7, requests: 2 });
  });
});

describe("an answer that loops", () => {
  /** Goes on for ever; says when it was closed. */
  async function* loop(closed: () => void, before: readonly ModelEvent[] = []): AsyncGenerator<ModelEvent> {
    try {
      yield* before;
      for (;;) yield text("I know it. ");
    } finally {
      closed();
    }
  }

  test("is followed no further, and closed; what it used is what was told until then", async () => {
    let isClosed = false;
    const close = () => {
      isClosed = true;
    };
    const { text: said, end, usage: used } = await collect(loop(close, [usage(2), usage(3)]));
    expect(end).toEqual({ kind: "looping" });
    expect(isClosed).toBe(true);
    expect(said).toBe("I know it. ".repeat(34));
    expect(used).toEqual({ ...unknownUsage, outputTokens: 3 });
  });

  test("before anything was counted used nobody knows what", async () => {
    expect((await collect(loop(() => {}))).usage).toEqual(unknownUsage);
  });

  test("is known as such as soon as is wished", async () => {
    const { text: said } = await collect(
      loop(() => {}),
      { loops: new LoopDetector({ leastWords: 600 }) },
    );
    expect(said).toBe("I know it. ".repeat(200));
  });

  test("begins anew with an answer that is given again", async () => {
    const half = text("I know it. ".repeat(20));
    expect((await collect(told(half, restart, half, complete))).end).toEqual({ kind: "complete" });
    expect((await collect(told(half, half, complete))).end).toEqual({ kind: "looping" });
    const loops = new LoopDetector();
    expect((await collect(told(half, restart, half, complete), { loops })).end).toEqual({ kind: "complete" });
  });
});
