import { describe, expect, test } from "vitest";
import { transcribeInstructions } from "../../src/transcript/instructions.ts";
import type { Shape } from "../../src/transcript/shape.ts";

const nothing = { shape: null, language: null, vocabulary: [], mode: null, prompt: null };
const shape: Shape = {
  hasTimes: false,
  hasSpeakers: false,
  speakers: null,
  translateTo: null,
  hasEmotion: false,
  hasEvents: false,
  hasSummary: false,
};

test("plain text is asked for in four sentences", () => {
  expect(transcribeInstructions(nothing).split("\n")).toEqual([
    "Transcribe this recording word for word, from its first second to its last.",
    "Leave nothing out, add nothing, and do not translate.",
    "Write in the language that is spoken.",
    "Answer with the words that are spoken and nothing else: no title, no times, no speakers, no remarks.",
  ]);
});

describe.each([
  ["plain text", null],
  ["segments", shape],
])("for %s", (_, asked) => {
  const wishes = { ...nothing, shape: asked };

  test("what is to be kept is told", () => {
    const verbatim = transcribeInstructions({ ...wishes, mode: "verbatim" });
    expect(verbatim).toContain("word for word");
    expect(verbatim).toContain("Keep fillers, repetitions and false starts");
  });

  test("what is to be tidied up is told, and nothing that contradicts it", () => {
    const smart = transcribeInstructions({ ...wishes, mode: "smart" });
    expect(smart).toContain("Leave out fillers, repetitions and false starts, and mend small slips.");
    expect(smart).not.toMatch(/word for word|Leave nothing out/);
    expect(smart).toContain("do not translate.");
  });

  test("terms that may be said are told on one line", () => {
    const told = transcribeInstructions({ ...wishes, vocabulary: ["Kubernetes", " Ada\nLovelace ", ""] });
    expect(told.split("\n")).toContain("Names and terms that may be said: Kubernetes, Ada Lovelace.");
  });

  test("the language and the user's own words are told, these last", () => {
    const told = transcribeInstructions({ ...wishes, language: "de", prompt: "Spell out numbers." });
    expect(told).toContain("The language spoken is de.");
    expect(told).toMatch(/\nSpell out numbers\.$/);
  });
});

test.each<readonly [string, Partial<Shape>, RegExp]>([
  ["times", { hasTimes: true }, /Give each segment's start and end as MM:SS\.mmm/],
  ["speakers", { hasSpeakers: true }, /Tell the speakers apart/],
  ["how many speakers", { hasSpeakers: true, speakers: 3 }, /There are 3 speakers\./],
  ["that there is one speaker", { hasSpeakers: true, speakers: 1 }, /There is 1 speaker\./],
  ["a translation", { translateTo: "pt-BR" }, /translation into Brazilian Portuguese \(pt-BR\)/],
  ["what is not translated", { translateTo: "en" }, /do not translate the text itself\./],
  ["emotions", { hasEmotion: true }, /of the voice, or of the music where nobody speaks/],
  ["sounds", { hasEvents: true }, /laughter, applause, music, birdsong or a siren.* as MM:SS\.mmm/],
  ["a summary", { hasSummary: true }, /sum up/],
])("%s: told when it is asked for, and only then", (_, wish, sentence) => {
  expect(transcribeInstructions({ ...nothing, shape: { ...shape, ...wish } })).toMatch(sentence);
  expect(transcribeInstructions({ ...nothing, shape })).not.toMatch(sentence);
});
