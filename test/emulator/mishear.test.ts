import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { apis, sayOf, wordsOf } from "./both-apis.ts";
import type { Fault } from "./faults.ts";
import { recordings } from "./recordings.ts";

/** What a model misses, repeats or misspells, by either API; its answer ends as if it were whole. */
const service = useEmulator();

const item = {
  type: "object",
  properties: { start: { type: "number" }, end: { type: "number" }, text: { type: "string" } },
};
const schema = { type: "object", properties: { segments: { type: "array", items: item } } };
const { words: truth } = recordings.tones;
const texts = truth.map(({ text }) => text);
const inOrder = (words: readonly string[]) => words.toSorted().join(" ") === words.join(" ");

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const seconds = (offset: string) => Number(offset.replace("s", ""));

describe.each(apis)("by %s", (api) => {
  const segmentsOf = async (fault: Fault | null): Promise<readonly Segment[]> => {
    const { end, text } = await sayOf(service, { api, schema }, fault);
    expect(end).toBe("STOP");
    return JSON.parse(text).segments;
  };

  test("drop: the words that begin within a time, and no others", async () => {
    const fault: Fault = { kind: "drop", which: { by: "time", from: 8, to: 15.5 } };
    const kept = truth.filter(({ start }) => start < 8 || start >= 15.5).map(({ text }) => text);
    const { words, text } = await wordsOf(service, api, fault);
    expect(words.map((word) => word.text)).toEqual(kept);
    expect(text).toBe(kept.join(" "));
    const segments = await segmentsOf(fault);
    expect(segments.filter(({ start }) => start >= 8 && start < 15.5)).toEqual([]);
    const whole = await segmentsOf(null);
    expect(segments.at(-1)).toEqual(whole.at(-1));
    expect(segments[0]).toEqual(whole[0]);
  });

  test("drop: segments by chance, the same ones every time", async () => {
    const fault = (seed: number): Fault => ({ kind: "drop", which: { by: "chance", share: 0.5, seed } });
    const whole = await segmentsOf(null);
    const left = await segmentsOf(fault(1));
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(whole.length);
    expect(whole).toEqual(expect.arrayContaining([...left]));
    expect(await segmentsOf(fault(1))).toEqual(left);
    expect(await segmentsOf(fault(2))).not.toEqual(left);
    const { words } = await wordsOf(service, api, fault(1));
    expect(words.length).toBeGreaterThan(0);
    expect(words.length).toBeLessThan(texts.length);
  });

  test("early: the first share alone", async () => {
    const fault: Fault = { kind: "early", share: 0.4 };
    const { words } = await wordsOf(service, api, fault);
    expect(words.map(({ text }) => text)).toEqual(
      truth.filter(({ start }) => start < 12).map(({ text }) => text),
    );
    const whole = await segmentsOf(null);
    const last = (await segmentsOf(fault)).at(-1);
    expect(last?.end).toBeLessThan((whole.at(-1)?.end ?? 0) * 0.5);
  });

  test("double: what is near the edges comes twice, its words together and in time", async () => {
    const fault: Fault = { kind: "double", seconds: 2 };
    const { words } = await wordsOf(service, api, fault);
    const said = words.map(({ text }) => text);
    const twice = new Set(said.filter((text, index) => said.indexOf(text) < index));
    expect([twice.has("w00000"), twice.has(texts.at(-1) ?? "")]).toEqual([true, true]);
    expect(twice.size).toBeLessThan(texts.length);
    expect([...new Set(said)]).toEqual(texts);
    const again = said.indexOf("w00000", 1);
    expect(inOrder(said.slice(0, again))).toBe(true);
    expect(said.slice(again, 2 * again)).toEqual(said.slice(0, again));
    const starts = words.map(({ start }) => seconds(start));
    expect(starts.toSorted((a, b) => a - b)).toEqual(starts);
    const [first, copy, ...rest] = await segmentsOf(fault);
    const whole = await segmentsOf(null);
    expect(copy?.text).toBe(first?.text);
    expect(rest.slice(0, -1).map(({ text }) => text)).toEqual(whole.slice(1).map(({ text }) => text));
    expect(rest.at(-1)?.text).toBe(whole.at(-1)?.text);
  });

  test("spell: words near the edges alone, each still to be known", async () => {
    const fault: Fault = { kind: "spell", seconds: 12 };
    const { words } = await wordsOf(service, api, fault);
    expect(words.map(({ text }) => /\d{5}/.exec(text)?.[0])).toEqual(texts.map((text) => text.slice(1)));
    const changed = words.filter(({ text }, index) => text !== texts[index]);
    expect(changed.length).toBeGreaterThan(3);
    expect(changed.filter(({ start }) => seconds(start) > 12 && seconds(start) < 17.2)).toEqual([]);
    expect(new Set(changed.map(({ text }) => text.replace(/\d+/, "")))).toEqual(
      new Set(["W", "w,", "w.", "x"]),
    );
    const whole = await segmentsOf(null);
    const segments = await segmentsOf({ kind: "spell", seconds: 4 });
    const apart = segments.map(({ text }, index) => text !== whole[index]?.text);
    expect([apart.includes(true), apart.includes(false)]).toEqual([true, true]);
  });
});
