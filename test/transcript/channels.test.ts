import { describe, expect, test } from "vitest";
import { channelName, mergeChannels, nameSpeakers } from "../../src/transcript/channels.ts";
import type { Segment, Spoken } from "../../src/transcript/transcript.ts";

function segment(text: string, start: number | null, more: Partial<Segment> = {}): Segment {
  const nothing = { language: null, translation: null, emotion: null, words: null };
  return { id: 0, start, end: start, text, speaker: null, ...nothing, ...more };
}

function channel(segments: readonly Segment[], more: Partial<Spoken> = {}): Spoken {
  return { text: "", language: null, segments, speakers: [], events: null, summary: null, ...more };
}

const left = channel([segment("Hello.", 0), segment("Hm.", null), segment("Fine.", 4_000)]);
const right = channel([segment("?", null), segment("How are you?", 2_000)], { language: "en" });

describe("channels are merged", () => {
  test("in the order of their times, each a speaker of its own", () => {
    const { segments, speakers, text, language } = mergeChannels([left, right], { timestamps: "segment" });
    expect(segments.map((one) => [one.id, one.speaker, one.start, one.text])).toEqual([
      [0, "SPEAKER_00", 0, "Hello."],
      [1, "SPEAKER_00", null, "Hm."],
      [2, "SPEAKER_01", null, "?"],
      [3, "SPEAKER_01", 2_000, "How are you?"],
      [4, "SPEAKER_00", 4_000, "Fine."],
    ]);
    expect(speakers.map(({ name }) => name)).toEqual(["Left", "Right"]);
    expect(text).toBe("Hello. Hm. ? How are you? Fine.");
    expect(language).toBe("en");
  });

  test("by times that are left out where none were asked for", () => {
    const { segments } = mergeChannels([left, right], { timestamps: "none" });
    expect(segments.map(({ start, end }) => [start, end])).toEqual(
      Array.from({ length: 5 }, () => [null, null]),
    );
  });

  test("with all that their segments hold; words are the channel's", () => {
    const word = { text: "Yes.", start: 0, end: 100, speaker: "SPEAKER_00" };
    const held = { language: "de", translation: "Ja.", emotion: "happy", words: [word] } as const;
    const { segments } = mergeChannels([left, channel([segment("Yes.", 9_000, held)])], {
      timestamps: "word",
    });
    expect(segments.at(-1)).toMatchObject({
      ...held,
      start: 9_000,
      speaker: "SPEAKER_01",
      words: [{ ...word, speaker: "SPEAKER_01" }],
    });
    expect(segments[0]?.words).toBeNull();
  });

  test("with their sounds in order, and their summaries", () => {
    const sound = (start: number) => ({ start, end: start, label: "laughter" });
    const merged = mergeChannels(
      [
        channel([], { events: [sound(1), sound(5)], summary: "One asks." }),
        channel([], { events: [sound(3)], summary: "One answers." }),
      ],
      { timestamps: "segment" },
    );
    expect(merged.events?.map(({ start }) => start)).toEqual([1, 3, 5]);
    expect(merged.summary).toBe("One asks.\n\nOne answers.");
  });

  test("with none of what no channel has", () => {
    expect(mergeChannels([left, right], { timestamps: "segment" })).toMatchObject({
      events: null,
      summary: null,
    });
    const one = channel([], { events: [], summary: "Talk." });
    expect(mergeChannels([left, one], { timestamps: "segment" })).toMatchObject({
      events: [],
      summary: "Talk.",
    });
  });
});

test.each([
  [0, 1, "Channel 1"],
  [1, 2, "Right"],
  [2, 6, "Channel 3"],
])("channel %i of %i is called %s", (index, count, name) => {
  expect(channelName(index, count)).toBe(name);
});

test("speakers get names in their order; those without one keep what they had", () => {
  const { speakers } = mergeChannels([left, right], { timestamps: "none" });
  expect(nameSpeakers({ speakers }, ["Ada"]).speakers.map(({ name }) => name)).toEqual(["Ada", "Right"]);
});
