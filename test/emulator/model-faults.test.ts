import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { apis, sayOf, wordsOf } from "./both-apis.ts";
import type { Fault } from "./faults.ts";
import { recordings } from "./recordings.ts";

/** What a model does wrong by itself, by either API. */
const service = useEmulator();

const time = { type: "number" };
const schema = {
  type: "object",
  properties: {
    language: { type: "string" },
    segments: {
      type: "array",
      items: { type: "object", properties: { start: time, end: time, content: { type: "string" } } },
    },
    summary: { type: "string" },
  },
};
const truth = recordings.tones.words.map(({ text }) => text);

describe.each(apis)("loop, by %s", (api) => {
  test("plain text: the last six words come again and again", async () => {
    const { end, text } = await sayOf(service, { api }, { kind: "loop", keep: 30, times: 50 });
    expect([end, text]).toEqual([
      "STOP",
      `Good morning, and welcome to t${" Good morning, and welcome to t".repeat(50)}`,
    ]);
  });

  test("another text, until the output limit cuts it", async () => {
    const fault: Fault = { kind: "loop", keep: 13, unit: "you know", times: 1_000_000 };
    const { end, text } = await sayOf(service, { api, maxOutputTokens: 124 }, fault);
    expect([end, text]).toEqual(["MAX_TOKENS", `Good morning,${" you know".repeat(50)}`.slice(0, 400)]);
  });

  test("segments: the last closed one, its times going on, in JSON that is whole", async () => {
    const plain = JSON.parse((await sayOf(service, { api, schema })).text);
    const { end, text } = await sayOf(service, { api, schema }, { kind: "loop", keep: 300, times: 3 });
    const { segments, summary } = JSON.parse(text);
    expect([end, summary]).toEqual(["STOP", plain.summary]);
    const [first, second] = plain.segments;
    const length = second.end - second.start;
    expect(segments.slice(0, 2)).toEqual([first, second]);
    expect(segments.map(({ content }: { content: string }) => content)).toEqual([
      first.content,
      ...Array(4).fill(second.content),
    ]);
    expect(segments[4].start).toBeCloseTo(second.end + 2 * length, 6);
    expect(segments[4].end).toBeCloseTo(second.end + 3 * length, 6);
  });

  test("segments: cut in the middle, if the loop is too long", async () => {
    const fault: Fault = { kind: "loop", keep: 300, unit: "Oh.", times: 1_000_000 };
    const { end, text } = await sayOf(service, { api, schema, maxOutputTokens: 1_024 }, fault);
    expect([end, text.length]).toEqual(["MAX_TOKENS", 4_000]);
    expect(text.split('"Oh."').length).toBeGreaterThan(50);
  });

  test("words of the transcription model: their times go on too", async () => {
    const { text, words } = await wordsOf(service, api, { kind: "loop", keep: 10 * 7 - 1, times: 2 });
    const unit = truth.slice(4, 10);
    const said = [...truth.slice(0, 10), ...unit, ...unit];
    expect([text, words.map((word) => word.text)]).toEqual([said.join(" "), said]);
    const starts = words.map(({ start }) => Number.parseFloat(start));
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });
});

describe.each(apis)("other faults, by %s", (api) => {
  test("drift: every time is multiplied", async () => {
    const plain = JSON.parse((await sayOf(service, { api, schema })).text).segments;
    const drifted = JSON.parse(
      (await sayOf(service, { api, schema }, { kind: "drift", factor: 1.1 })).text,
    ).segments;
    for (const [index, { start, end }] of drifted.entries()) {
      expect(start).toBeCloseTo(plain[index].start * 1.1, 2);
      expect(end).toBeCloseTo(plain[index].end * 1.1, 2);
    }
    const { words } = await wordsOf(service, api, { kind: "drift", factor: 2 });
    expect(Number.parseFloat(words[9]?.end ?? "")).toBeCloseTo((recordings.tones.words[9]?.end ?? 0) * 2, 1);
  });

  test("empty: it says nothing, and that it is done", async () => {
    expect(await sayOf(service, { api }, { kind: "empty" })).toEqual({ end: "STOP", text: null });
    expect(await sayOf(service, { api, schema }, { kind: "empty" })).toEqual({ end: "STOP", text: "" });
    expect((await wordsOf(service, api, { kind: "empty" })).content).toEqual(api === "generate" ? {} : []);
  });

  test("labels: speakers are spk:0 and on", async () => {
    const { words } = await wordsOf(service, api, { kind: "labels", style: "colon" });
    expect(new Set(words.map(({ speaker }) => speaker))).toEqual(new Set(["spk:0", "spk:1", "spk:2"]));
  });

  test("no-words: there is the text, and nothing else", async () => {
    const { text, words } = await wordsOf(service, api, { kind: "no-words" });
    expect([text, words]).toEqual([truth.join(" "), []]);
  });

  test("bad-times: every start and end is this text", async () => {
    const fault: Fault = { kind: "bad-times", text: "soon" };
    const { segments } = JSON.parse((await sayOf(service, { api, schema }, fault)).text);
    expect(segments[0]).toMatchObject({ start: "soon", end: "soon" });
    const { words } = await wordsOf(service, api, fault);
    expect(new Set(words.flatMap(({ start, end }) => [start, end]))).toEqual(new Set(["soon"]));
  });

  test("say: the transcription model says this instead, its words spread over the recording", async () => {
    const { words } = await wordsOf(service, api, { kind: "say", text: "So be it" });
    expect(words).toEqual([
      { text: "So", start: "0.000s", end: "10.000s", speaker: "spk_1" },
      { text: "be", start: "10.000s", end: "20.000s", speaker: "spk_1" },
      { text: "it", start: "20.000s", end: "30.000s", speaker: "spk_1" },
    ]);
  });
});
