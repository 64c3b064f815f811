import { describe, expect, test } from "vitest";
import {
  type AnsweredSegment,
  AnswerReader,
  looksLikeJson,
  readAnswer,
} from "../../src/transcript/answer.ts";
import { randomFrom } from "./random.ts";

const segments = [
  { start: "00:00.000", end: "00:12.500", speaker: "Speaker 1", text: 'He said "no" \\ and left. {}}```' },
  { start: "00:13.000", end: "00:14.250", speaker: "Speaker 2", text: "日本語 🎙", language: "ja" },
  { start: "00:15.000", end: "00:16.000", speaker: "Speaker 1", text: "", translation: "x", emotion: "sad" },
];
const events = [{ start: "00:01", end: "00:02", label: "laughter {" }];
const whole = JSON.stringify({ language: "en", segments, events, summary: "Talk." });
const fence = "```";

test("a whole answer is read whole", () => {
  expect(readAnswer(whole)).toEqual({ language: "en", segments, events, summary: "Talk.", isWhole: true });
});

test("of an answer cut anywhere, only what was closed is kept, each exactly as it was", () => {
  for (let length = 0; length < whole.length; length += 1) {
    const answer = readAnswer(whole.slice(0, length));
    expect(answer.isWhole).toBe(false);
    expect(answer.segments).toEqual(segments.slice(0, answer.segments.length));
    expect(answer.events).toEqual(events.slice(0, answer.events.length));
    expect([null, "en"]).toContain(answer.language);
    expect([null, "Talk."]).toContain(answer.summary);
  }
});

test("in whatever pieces it comes, each segment is told once, in its order, with the piece that closes it", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = randomFrom(seed);
    const json = (seed % 2 === 0 ? whole : `${fence}json\n${whole}\n${fence}\n`).slice(
      0,
      random() < 0.5 ? undefined : Math.floor(random() * whole.length),
    );
    const reader = new AnswerReader();
    const told: AnsweredSegment[] = [];
    let written = "";
    while (written.length < json.length) {
      const piece = json.slice(written.length, written.length + 1 + Math.floor(random() * 40));
      written += piece;
      told.push(...reader.write(piece));
      expect(told).toEqual(readAnswer(written).segments);
    }
    expect(reader.end()).toEqual(readAnswer(json));
    expect(told).toEqual(segments.slice(0, told.length));
  }
});

test.each([
  ["white space around it", `\n ${whole} \n`],
  ["a fence", `${fence}json\n${whole}\n${fence}`],
  ["a fence without a language", `${fence}${whole}${fence}\n`],
  ["a remark before it", `Here is the transcript:\n${fence}json\n${whole}\n${fence}\n`],
  ["a remark behind it", `${whole}\n\nHope this helps!`],
  ["a fence and a remark", `${fence}json\n${whole}\n${fence}\nLet me know if [you] need more.`],
  ["half a character behind it", `${whole}\ud83d`],
  ["no summary and no events", JSON.stringify({ language: "en", segments })],
])("%s does not harm", (_, json) => {
  expect(readAnswer(json)).toMatchObject({ segments, isWhole: true });
});

test.each([
  ["text instead of JSON", "I cannot help with that."],
  ["nothing", ""],
  ["no segments", '{"language":"en"}'],
  ["segments that are no list", '{"language":"en","segments":{"text":"x"}}'],
  ["a segment without text", '{"language":"en","segments":[{"start":"0:00"}]}'],
  ["a segment whose text is null", '{"language":"en","segments":[{"text":null}]}'],
  ["a segment that is no object", '{"language":"en","segments":["text"]}'],
  ["another object behind the end", `${whole}{}`],
  ["another object behind a remark", `${whole}\nAnd the rest:\n{"segments":[]}`],
  ["a comma too many", '{"language":"en","segments":[{"text":"x"},,]}'],
  ["a brace too many inside", '{"language":"en","segments":[{"text":"x"}}]}'],
])("%s is not whole, and no error", (_, json) => {
  expect(readAnswer(json).isWhole).toBe(false);
});

describe("leaves of another kind than was asked for", () => {
  test("are read as what they mean, or left out", () => {
    const json = '{"language":7,"summary":null,"segments":[{"start":1.5,"end":{},"speaker":2,"text":42}]}';
    expect(readAnswer(json)).toEqual({
      language: null,
      summary: null,
      segments: [{ start: 1.5, end: null, speaker: "2", text: "42" }],
      events: [],
      isWhole: true,
    });
  });

  test("make no segment of what holds no text, and leave the others", () => {
    const answer = readAnswer('{"language":"en","segments":[{"text":"a"},{"text":[]},{"text":"b"}]}');
    expect(answer.segments.map(({ text }) => text)).toEqual(["a", "b"]);
    expect(answer.isWhole).toBe(false);
  });

  test("a sound without a name is left out", () => {
    const json = '{"language":"en","segments":[],"events":[{"label":null},{"label":"music"},5]}';
    expect(readAnswer(json)).toMatchObject({ events: [{ label: "music" }], isWhole: true });
  });
});

test.each([
  ["{", true],
  ['  \n{"language":"en"', true],
  ['[{"text":"x"}]', true],
  ["[]", true],
  ["[\n", true],
  ['["x"', true],
  ["null", true],
  [`${fence}json\n{"language"`, true],
  [`${fence}\n[{`, true],
  [`${fence}json\nnull\n${fence}`, true],
  ["", false],
  ["Good morning. {sic}", false],
  ["[music] Good morning.", false],
  ["[0:05] Good morning.", false],
  ["nullify it", false],
  ["null and void, they said", false],
  [`${fence}\nGood morning.\n${fence}`, false],
])("%j looks like JSON: %j", (text, isJson) => {
  expect(looksLikeJson(text)).toBe(isJson);
});
