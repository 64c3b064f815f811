import { describe, expect, test } from "vitest";
import { toneEncodings, toneWav } from "../support/tone.ts";
import { hasFfmpeg } from "./hearing/ffmpeg.ts";
import { mostSpeakers, read, spell, symbolsPerWord } from "./tone/alphabet.ts";
import { listeningRate } from "./tone/analyse.ts";
import { makeConversation } from "./tone/conversation.ts";
import { type HeardWord, listen } from "./tone/listen.ts";
import { speak } from "./tone/speak.ts";

async function* inSamples(slices: Iterable<Int16Array>): AsyncGenerator<Float32Array> {
  for (const slice of slices) yield Float32Array.from(slice, (sample) => sample / 32_768);
}

async function hear(samples: AsyncIterable<Float32Array>): Promise<readonly HeardWord[]> {
  return (await listen(samples)).words;
}

function hearSamples(samples: Float32Array): Promise<readonly HeardWord[]> {
  return hear(
    (async function* () {
      yield samples;
    })(),
  );
}

describe("the alphabet", () => {
  test("every word of every speaker is read as it was spelled", () => {
    for (let speaker = 0; speaker < mostSpeakers; speaker += 1) {
      for (const number of [0, 7, 42, 12_345, 99_999])
        expect(read(spell({ speaker, number }))).toEqual({ speaker, number });
    }
  });

  test("one wrong symbol makes it no word, or one of another speaker's that the check refuses", () => {
    const word = spell({ speaker: 3, number: 40_912 });
    for (let place = 0; place < symbolsPerWord; place += 1) {
      for (let symbol = 0; symbol < 16; symbol += 1) {
        if (symbol === word[place]) continue;
        expect(read(word.with(place, symbol)), `${place}: ${symbol}`).toBeNull();
      }
    }
  });
});

test("a conversation is the same for the same seed, and keeps out of silences", () => {
  const options = { seconds: 300, speakers: 4, seed: 5, silences: [[60, 120]] as const };
  const words = makeConversation(options);
  expect(makeConversation(options)).toEqual(words);
  expect(makeConversation({ ...options, seed: 6 })).not.toEqual(words);
  expect(words.filter(({ start, end }) => end > 60 && start < 120)).toEqual([]);
  expect(words.length).toBeGreaterThan(150);
});

test.each([8_000, 16_000, 44_100])(
  "what is spoken at %i Hz is heard: each word, its speaker, within 30 ms",
  async (sampleRate) => {
    const seconds = 90;
    const words = makeConversation({ seconds, speakers: 8, overlap: 0.5, seed: 3 });
    if (sampleRate === listeningRate) {
      const heard = await hear(inSamples(speak({ words, seconds, sampleRate })));
      expectSame(heard, words);
    }
    const slices = [...speak({ words, seconds, sampleRate })];
    expect(slices.reduce((sum, { length }) => sum + length, 0)).toBe(seconds * sampleRate);
  },
);

test("words across the listener's slices are heard once", async () => {
  const seconds = 200;
  const words = makeConversation({ seconds, speakers: 2, seed: 9 });
  expectSame(await hear(inSamples(speak({ words, seconds, sampleRate: listeningRate }))), words);
});

test("a word that is cut is a fragment, wherever the cut is, and its neighbours are whole", async () => {
  const seconds = 6;
  const words = makeConversation({ seconds, speakers: 1 });
  const samples = Float32Array.from(
    [...speak({ words, seconds, sampleRate: listeningRate })][0] ?? [],
    (sample) => sample / 32_768,
  );
  const second = words[1]?.start ?? 0;
  for (let cut = 0.1; cut < 0.6; cut += 0.05) {
    const from = Math.round((second + cut) * listeningRate);
    const heard = await hearSamples(samples.slice(from));
    expect(heard[0]?.kind).toBe("fragment");
    expect(heard.slice(1).map((word) => (word.kind === "word" ? word.number : word.kind))).toEqual(
      words.slice(2).map(({ number }) => number),
    );
  }
});

test.each([0, 24, 36, 40])(
  "wherever words lie between the listener's blocks, there are no others: %i samples later",
  async (offset) => {
    const seconds = 60;
    const words = makeConversation({ seconds, speakers: 4, overlap: 0.5, seed: 9 });
    const slices = [...speak({ words, seconds, sampleRate: listeningRate })];
    const samples = slices.flatMap((slice) => [...slice].map((sample) => sample / 32_768));
    const heard = await hearSamples(Float32Array.from(samples).subarray(offset));
    expect(heard.map((word) => (word.kind === "word" ? word.number : word.kind))).toEqual(
      words.map(({ number }) => number),
    );
  },
);

test("noise holds no words", async () => {
  let state = 1;
  const noise = Float32Array.from({ length: listeningRate * 20 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 31 - 1;
  });
  expect((await hearSamples(noise)).filter(({ kind }) => kind === "word")).toEqual([]);
});

test.skipIf(!hasFfmpeg)("the generator's WAV is one that ffmpeg reads (needs ffmpeg)", async () => {
  const { bytes } = await toneEncodings({ seconds: 10, speakers: 1 });
  expect(Buffer.from(toneWav({ seconds: 10, speakers: 1 }).bytes).subarray(44)).toEqual(
    Buffer.from(bytes.wav).subarray(-320_000),
  );
});

function expectSame(heard: readonly HeardWord[], words: ReturnType<typeof makeConversation>): void {
  expect(heard.map((word) => (word.kind === "word" ? [word.number, word.speaker] : [word.kind]))).toEqual(
    words.map(({ number, speaker }) => [number, speaker]),
  );
  for (const [index, word] of heard.entries()) {
    expect(Math.abs(word.start - (words[index]?.start ?? 0))).toBeLessThan(0.03);
  }
}
