import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { type Api, apis, sayOf, wordsOf } from "./both-apis.ts";
import { type Excerpt, excerptOf, lineUpOf } from "./excerpts.ts";
import type { Fault } from "./faults.ts";
import type { Heard } from "./hearing/hear.ts";
import { evenly } from "./hearing/utterances.ts";
import { isLineUp } from "./line-up.ts";
import { type Confusion, mistakeVoices } from "./mistake-voices.ts";
import { textOf } from "./tone/alphabet.ts";
import { makeConversation } from "./tone/conversation.ts";

/** Who is told apart from whom, and who is taken for whom, by either API and either kind of model. */
const service = useEmulator();

const conversation = makeConversation({ seconds: 60, speakers: 3, seed: 11 });
const whole = excerptOf(conversation, 0, 36);
const lineUp = lineUpOf(conversation);

const item = { type: "object", properties: { text: { type: "string" }, speaker: { type: "string" } } };
const schema = { type: "object", properties: { segments: { type: "array", items: item } } };

/** The label of each word, by its text, as a model tells it. */
type Labels = ReadonlyMap<string, string | null>;

const asking = {
  transcription: async (api: Api, audio: string, fault: Fault | null): Promise<Labels> => {
    const { words } = await wordsOf(service, api, fault, audio);
    return new Map(words.map(({ text, speaker }) => [text, speaker?.replace("spk_", "") ?? null]));
  },
  general: async (api: Api, audio: string, fault: Fault | null): Promise<Labels> => {
    const { text } = await sayOf(service, { api, schema, audio }, fault);
    const { segments }: { segments: readonly { text: string; speaker: string }[] } = JSON.parse(text);
    return new Map(
      segments.flatMap((said) =>
        said.text.split(" ").map((word) => [word, said.speaker.replace("Speaker ", "")] as const),
      ),
    );
  },
} as const;

const ways = apis.flatMap((api) => [
  { api, kind: "transcription" as const },
  { api, kind: "general" as const },
]);

/** What a model that never errs calls each word's speaker. */
function rightly({ words }: Excerpt): Labels {
  const voices = [...new Set(words.map(({ speaker }) => speaker))];
  return new Map(words.map(({ text, speaker }) => [text, String(voices.indexOf(speaker) + 1)]));
}

describe.each(ways)("a $kind model by $api", ({ api, kind }) => {
  const ask = ({ audio }: Excerpt, fault: Fault | null = null) => asking[kind](api, audio, fault);

  test("numbers voices by first appearance in the audio that it hears, whatever they were elsewhere", async () => {
    const part = excerptOf(conversation, 18, 36);
    expect([await ask(whole), await ask(part)]).toEqual([rightly(whole), rightly(part)]);
    const [first] = part.words;
    expect(rightly(whole).get(first?.text ?? "")).not.toBe("1");
  });

  test("knows a voice again from one clip of a line-up to the next", async () => {
    expect(await ask(lineUp)).toEqual(rightly(lineUp));
    expect(lineUp.words.length).toBe(30);
  });

  test.each<Fault>([
    { kind: "merge", seed: 1 },
    { kind: "split", seed: 1 },
    { kind: "swap", seed: 1 },
    { kind: "mislabel", share: 0.5, seed: 2, shorterThan: 20 },
  ])("takes some for others and loses no word: %j", async (fault) => {
    const labels = await ask(whole, fault);
    expect(labels).not.toEqual(rightly(whole));
    expect([...labels.keys()]).toEqual(whole.words.map(({ text }) => text));
  });

  test("answers a line-up alone wrongly, or all else, once or always", async () => {
    const { faults } = service.emulator;
    const clips: Fault = { kind: "mislabel", share: 0.4, seed: 2, shorterThan: 10 };
    faults.add(api, clips, { when: { lineUp: true } });
    expect(await ask(whole)).toEqual(rightly(whole));
    const wrong = await ask(lineUp);
    expect(wrong).not.toEqual(rightly(lineUp));
    for (const clip of [0, 1, 2, 3, 4, 5]) {
      const own = lineUp.words.slice(clip * 5, clip * 5 + 5).map(({ text }) => wrong.get(text));
      expect(new Set(own).size).toBe(1);
    }
    expect(await ask(lineUp)).toEqual(rightly(lineUp));
    faults.add(api, { kind: "merge", seed: 1 }, { times: "always", when: { lineUp: false } });
    expect(await ask(lineUp)).toEqual(rightly(lineUp));
    for (const _ of [1, 2]) expect(await ask(whole)).not.toEqual(rightly(whole));
  });
});

/** Sixty turns of three voices, every third of them short, with a pause between them. */
const heard: Heard = {
  ...{ seconds: 300, digest: "a recording", kind: "tones", pictures: 0 },
  ...spokenBy((turn) => `voice ${turn % 3}`),
};

function spokenBy(voiceOf: (turn: number) => string): Pick<Heard, "utterances" | "words"> {
  const utterances = Array.from({ length: 60 }, (_, turn) => {
    const [start, length] = [turn * 5, turn % 4 === 0 ? 1 : 4];
    return evenly({ voice: voiceOf(turn), start, end: start + length, text: `some words ${turn}` });
  });
  return { utterances, words: utterances.flatMap(({ words }) => words) };
}

describe("who is taken for whom", () => {
  const voicesUnder = (confusion: Confusion) => mistakeVoices(heard, confusion).map(({ voice }) => voice);
  const right = heard.utterances.map(({ voice }) => voice);
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  /** Whom each is taken for, in one half. */
  const takenFor = (voices: readonly string[], isSecond: boolean) =>
    [0, 1, 2].map((voice) => [
      ...new Set(voices.filter((_, turn) => turn % 3 === voice && turn >= 30 === isSecond)),
    ]);

  test("words are in the voice of what they are part of", () => {
    for (const said of mistakeVoices(heard, { kind: "merge", seed: 1 }))
      expect(new Set(said.words.map(({ voice }) => voice))).toEqual(new Set([said.voice]));
  });

  test("merge: any two for one, from the first to the last", () => {
    const drawn = seeds.map((seed) => {
      const voices = voicesUnder({ kind: "merge", seed });
      expect(takenFor(voices, true)).toEqual(takenFor(voices, false));
      expect(new Set(voices).size).toBe(2);
      return takenFor(voices, true).join();
    });
    expect(new Set(drawn).size).toBe(6);
  });

  test("split: any one for two, one before the middle and one behind it", () => {
    const drawn = seeds.map((seed) => {
      const voices = voicesUnder({ kind: "split", seed });
      expect(takenFor(voices, false)).toEqual(takenFor(right, false));
      expect(new Set(voices).size).toBe(4);
      return takenFor(voices, true).join();
    });
    expect(new Set(drawn).size).toBe(3);
  });

  test("swap: any two for each other behind the middle, and the third for nobody else", () => {
    const drawn = seeds.map((seed) => {
      const voices = voicesUnder({ kind: "swap", seed });
      expect(takenFor(voices, false)).toEqual(takenFor(right, false));
      const behind = takenFor(voices, true).flat();
      expect(behind.filter((voice, person) => voice === `voice ${person}`).length).toBe(1);
      expect(new Set(behind).size).toBe(3);
      return behind.join();
    });
    expect(new Set(drawn).size).toBe(3);
  });

  test("swap and split leave alone who is heard in one half only", () => {
    const apart: Heard = { ...heard, ...spokenBy((turn) => (turn < 30 ? "voice 0" : "voice 1")) };
    for (const kind of ["swap", "split"] as const)
      expect(mistakeVoices(apart, { kind, seed: 1 })).toEqual(apart.utterances);
  });

  test("mislabel: a share of the short turns alone, for any other voice", () => {
    const wrongUnder = (share: number, seed: number) => {
      const voices = voicesUnder({ kind: "mislabel", share, seed, shorterThan: 2 });
      return voices.flatMap((voice, turn) => (voice === right[turn] ? [] : [turn]));
    };
    expect(wrongUnder(1, 1)).toEqual(right.flatMap((_, turn) => (turn % 4 === 0 ? [turn] : [])));
    expect(wrongUnder(0, 1)).toEqual([]);
    const some = seeds.map((seed) => wrongUnder(0.4, seed));
    expect(some.flat().length / seeds.length / 15).toBeCloseTo(0.4, 1);
    expect(new Set(some.map((turns) => turns.join())).size).toBe(seeds.length);
  });

  test("another recording's voices are drawn anew", () => {
    const drawn = seeds.map((seed) => {
      const other = mistakeVoices({ ...heard, digest: `recording ${seed}` }, { kind: "merge", seed: 1 });
      return other.map(({ voice }) => voice).join();
    });
    expect(new Set(drawn).size).toBe(6);
  });
});

describe("what is recognised as a line-up", () => {
  const wordsAt = (places: readonly (readonly [number, number])[]): Heard => ({
    ...heard,
    words: places.map(([number, start]) => ({ text: textOf(number), start, end: start + 0.7, voice: "a" })),
  });
  const clip = (number: number, start: number) =>
    [0, 1, 2].map((word) => [number + word, start + word] as const);

  test("clips with silence between them, one of which a pause may part", () => {
    expect(isLineUp(wordsAt([...clip(5, 0), ...clip(90, 4), ...clip(40, 8)]))).toBe(true);
    expect(isLineUp(wordsAt([...clip(5, 0), ...clip(8, 4), ...clip(90, 8), ...clip(40, 12)]))).toBe(true);
  });

  test.each([
    ["a recording with pauses", [...clip(5, 0), ...clip(8, 4), ...clip(11, 8)]],
    [
      "a recording of which a word was not heard",
      [...clip(5, 0), ...clip(8, 4), ...clip(12, 8), ...clip(15, 12)],
    ],
    ["one channel, where the others' turns are silence", [...clip(5, 0), ...clip(14, 9), ...clip(30, 25)]],
    ["nothing", []],
  ] as const)("not %s", (_, places) => {
    expect(isLineUp(wordsAt(places))).toBe(false);
  });
});
