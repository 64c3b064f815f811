import { describe, expect, test } from "vitest";
import type { Asking, TranscribeInvocation } from "../../src/invocation.ts";
import { choiceFor, routeInstructions, routeTranscript } from "../../src/plan/route.ts";

type Changes = Partial<Omit<TranscribeInvocation, "asking">> & { readonly asking?: Partial<Asking> };

/** A transcript and nothing beside it. */
function wanted({ asking, ...changes }: Changes = {}): TranscribeInvocation {
  return {
    kind: "transcribe",
    talk: { verbosity: "normal", debug: false, color: false },
    source: { kind: "stdin" },
    fillsAll: false,
    rendering: {
      cues: { maxLineWidth: 42, maxLineCount: 2, maxWordsPerLine: null, maxCps: null },
      highlightWords: false,
    },
    diarize: false,
    splitChannels: false,
    speakerNames: [],
    speakers: null,
    timestamps: "none",
    language: null,
    translateTo: null,
    emotion: false,
    events: false,
    summary: false,
    vocabulary: { terms: [], file: null },
    mode: null,
    chunk: null,
    overlap: null,
    jobs: 8,
    lineup: 0.02,
    journal: "use",
    ...changes,
    asking: {
      model: "auto",
      api: "generate",
      thinking: null,
      prompt: null,
      system: null,
      settings,
      delivery: "auto",
      keepUpload: false,
      maxCostUsd: null,
      range: { start: null, end: null },
      track: null,
      compress: "auto",
      assumedDuration: null,
      allowPrivate: false,
      dryRun: false,
      timeoutMs: 1,
      retries: 0,
      keyFile: null,
      format: "text",
      outputs: [{ format: "text", destination: { kind: "stdout" } }],
      ...asking,
    },
  };
}

const settings: Asking["settings"] = {
  maxOutputTokens: null,
  temperature: null,
  seed: null,
  safety: null,
  serviceTier: "standard",
};

const general = "gemini-3.8-flash";
const transcriber = "gemini-3.5-transcribe";

/** What only a model that follows instructions can do. */
const instructions: readonly (readonly [string, Changes])[] = [
  ["--translate-to", { translateTo: "en" }],
  ["--emotion", { emotion: true }],
  ["--events", { events: true }],
  ["--summary", { summary: true }],
  ["--speakers", { diarize: true, speakers: 3 }],
  ["--prompt", { asking: { prompt: "Be kind." } }],
  ["--system", { asking: { system: { kind: "text", text: "You are kind." } } }],
  ["--thinking", { asking: { thinking: "high" } }],
  ["--max-output-tokens", { asking: { settings: { ...settings, maxOutputTokens: 9 } } }],
  ["--temperature", { asking: { settings: { ...settings, temperature: 1 } } }],
  ["--seed", { asking: { settings: { ...settings, seed: 1 } } }],
  ["--safety", { asking: { settings: { ...settings, safety: "off" } } }],
  ["--service-tier", { asking: { settings: { ...settings, serviceTier: "flex" } } }],
];

/** What the transcription model does not do together. */
const exclusions: readonly (readonly [string, Changes, number])[] = [
  ["--mode smart with --diarize", { mode: "smart", diarize: true }, 0],
  ["--mode smart with --timestamps", { mode: "smart", timestamps: "segment" }, 0],
  ["--vocabulary with --diarize", { diarize: true }, 1],
  ["--vocabulary with --split-channels", { splitChannels: true }, 1],
  ["--vocabulary with --timestamps", { timestamps: "segment" }, 1],
  ["--vocabulary of more than 1000 terms", {}, 1_001],
];

describe("without a model's name", () => {
  test.each<readonly [string, Changes, number]>([
    ["text", {}, 0],
    ["speakers", { diarize: true }, 0],
    ["times", { timestamps: "segment" }, 0],
    ["words", { timestamps: "word", diarize: true }, 0],
    ["channels", { splitChannels: true }, 0],
    ["a language", { language: "de" }, 0],
    ["a vocabulary", {}, 1_000],
    ["a tidy text", { mode: "smart" }, 5],
  ])("%s: the transcription model", (_, changes, terms) => {
    expect(routeTranscript(wanted(changes), terms).choice.model.name).toBe(transcriber);
  });

  test.each(instructions)("%s: a model that follows instructions, and why", (flag, changes) => {
    const { choice } = routeTranscript(wanted(changes), 0);
    expect(choice.model.name).toBe(general);
    expect(choice.reason).toBe(`${transcriber} does not take ${flag}`);
  });

  test.each(exclusions)("%s: a model that follows instructions, and why", (what, changes, terms) => {
    const { choice } = routeTranscript(wanted(changes), terms);
    expect(choice).toMatchObject({
      model: { name: general },
      reason: `${transcriber} does not take ${what}`,
    });
  });

  test("several reasons are told together", () => {
    const { choice } = routeTranscript(wanted({ emotion: true, events: true, summary: true }), 0);
    expect(choice.reason).toBe(`${transcriber} does not take --emotion, --events or --summary`);
  });

  test.each([
    [{}, 3_599, transcriber],
    [{}, 3_600, general],
    [{ diarize: true }, 1_799, transcriber],
    [{ diarize: true }, 1_800, general],
    // No other model times words: it is refused where the limits are.
    [{ timestamps: "word" as const }, 1_801, transcriber],
  ])("%j of %d s: %s", (changes, duration, name) => {
    const invocation = wanted(changes);
    expect(choiceFor(routeTranscript(invocation, 0), invocation, duration).model.name).toBe(name);
  });

  test("a summary: a model that follows instructions", () => {
    expect(routeInstructions({ model: "auto" }).model.name).toBe(general);
  });
});

describe("words' times are had from no other model", () => {
  test.each([...instructions.map(([flag, changes]) => [flag, changes, 0] as const), ...exclusions])(
    "not with %s",
    (_, changes, terms) => {
      const invocation = wanted({ ...changes, timestamps: "word" });
      expect(() => routeTranscript(invocation, terms)).toThrow(
        expect.objectContaining({ kind: "usage", hint: expect.stringContaining(transcriber) }),
      );
    },
  );

  test.each([general, "gemini-9"])("not from %s", (model) => {
    expect(() => routeTranscript(wanted({ timestamps: "word", asking: { model } }), 0)).toThrow(
      expect.objectContaining({ kind: "usage", hint: expect.stringContaining(`-m ${transcriber}`) }),
    );
  });
});

describe("with the transcription model's name", () => {
  test.each([...instructions.map(([flag, changes]) => [flag, changes, 0] as const), ...exclusions])(
    "%s is refused, with the alternatives",
    (what, { asking, ...changes }, terms) => {
      const invocation = wanted({ ...changes, asking: { ...asking, model: transcriber } });
      expect(() => routeTranscript(invocation, terms)).toThrow(
        expect.objectContaining({
          kind: "usage",
          message: `the model ${transcriber} does not take ${what}`,
          hint: expect.stringContaining(general),
        }),
      );
    },
  );

  test("it stays where a recording is too long for it", () => {
    const invocation = wanted({ asking: { model: transcriber } });
    expect(choiceFor(routeTranscript(invocation, 0), invocation, 9_999).model.name).toBe(transcriber);
  });

  test("a summary is refused", () => {
    expect(() => routeInstructions({ model: transcriber })).toThrow(
      expect.objectContaining({ kind: "usage", hint: expect.stringContaining(general) }),
    );
  });
});

test("a model that nobody knows is taken for one that follows instructions", () => {
  const { choice } = routeTranscript(wanted({ emotion: true, asking: { model: "models/gemini-9" } }), 0);
  expect(choice).toMatchObject({ model: { name: "gemini-9", kind: "general" }, reason: "it was named" });
});
