import { describe, expect, test } from "vitest";
import { modelNamed } from "../../src/plan/models.ts";
import { makePlan } from "../../src/plan/plan.ts";
import { durationOf, type SendableAudio } from "../../src/plan/planned-audio.ts";

interface Facts {
  readonly path?: string;
  readonly sizeBytes?: number;
  readonly duration?: number;
}

function audio({ path = "interview.mp3", sizeBytes = 1_000_000, duration = 60 }: Facts = {}): SendableAudio {
  return {
    kind: "local",
    path,
    file: path,
    key: "mp3",
    container: "mp3",
    codec: "mp3",
    mimeType: "audio/mp3",
    sizeBytes,
    duration,
    durationFrom: "scan",
    channels: 1,
    sampleRate: 16_000,
    flaws: [],
    track: 0,
    bytesPerSecond: sizeBytes / duration,
    range: { start: 0, end: duration },
    channel: null,
    sending: { kind: "as-is", mimeType: "audio/mp3", bytes: sizeBytes },
    notes: [],
  };
}

function planOf(
  audios: readonly SendableAudio[],
  delivery: "auto" | "inline" | "upload" = "auto",
  model = "gemini-3.8-flash",
  hasWords = false,
) {
  return makePlan({
    choice: { model: modelNamed(model), reason: "it was named" },
    audios,
    hasWords,
    delivery,
    tier: "standard",
    prompt: "Transcribe.",
    outputTokens: (duration) => duration * 4,
    now: Date.parse("2026-11-20"),
  });
}

test("tokens are 32 a second, rounded up; the estimate is at the model's own rate", () => {
  const plan = planOf([audio({ duration: 10.01 })]);
  expect(plan.tokens).toBe(321);
  expect(plan.estimate).toEqual({ inputTokens: 251 + 3, outputTokens: 40.04, costUsd: 0.000341 });
});

test("the price of an unknown model is unknown, never nothing", () => {
  expect(planOf([audio()], "auto", "gemini-9-ultra").estimate.costUsd).toBeNull();
});

describe("the cap of 9.5 hours", () => {
  test("exactly 9.5 hours are planned", () => {
    expect(planOf([audio({ duration: 34_200, sizeBytes: 500_000_000 })])).toMatchObject({
      delivery: "upload",
      tokens: 1_094_400,
    });
  });

  test.each([
    [[audio({ duration: 34_200.001 })], "interview.mp3: 9:30:01 of audio"],
    [
      [audio({ duration: 20_000 }), audio({ duration: 20_000, path: "b.mp3" })],
      "interview.mp3, b.mp3: 11:06:40",
    ],
  ])("more is refused, naming the length and the cap", (audios, message) => {
    expect(() => planOf(audios)).toThrow(
      expect.objectContaining({
        kind: "limit",
        message: expect.stringMatching(new RegExp(`^${message}.*9\\.5 hours`)),
        hint: expect.any(String),
      }),
    );
  });

  test("a model that counts 32 tokens a second holds less than 9.5 hours", () => {
    expect(() => planOf([audio({ duration: 33_000 })], "auto", "gemini-2.5-flash")).toThrow(
      expect.objectContaining({ kind: "limit", message: expect.stringContaining("takes 1048576") }),
    );
  });
});

describe("delivery", () => {
  // 4/3 of the bytes, the prompt and what surrounds them, against 20,000,000.
  const largestInline = 14_996_988;

  test.each([
    [largestInline, "inline"],
    [largestInline + 3, "upload"],
  ] as const)("%i bytes go %s", (sizeBytes, delivery) => {
    expect(planOf([audio({ sizeBytes })]).delivery).toBe(delivery);
  });

  test("what is asked for is done", () => {
    expect(planOf([audio()], "upload").delivery).toBe("upload");
    expect(planOf([audio({ sizeBytes: largestInline })], "inline").delivery).toBe("inline");
  });

  test("several recordings are weighed together", () => {
    const half = audio({ sizeBytes: 8_000_000 });
    expect(planOf([half]).delivery).toBe("inline");
    expect(planOf([half, half]).delivery).toBe("upload");
  });

  test("inline above the limit is refused", () => {
    expect(() => planOf([audio({ sizeBytes: largestInline + 3 })], "inline")).toThrow(
      expect.objectContaining({ kind: "limit", hint: expect.stringContaining("--delivery upload") }),
    );
  });

  test("a file larger than the Files API takes is refused", () => {
    expect(() => planOf([audio({ sizeBytes: 2_000_000_001 })])).toThrow(
      expect.objectContaining({ kind: "limit" }),
    );
  });
});

test("a length that is not known is never taken for short: the user has to vouch for one", () => {
  const unknown = { ...audio(), duration: null };
  expect(() => durationOf(unknown, null)).toThrow(
    expect.objectContaining({ kind: "input", hint: expect.stringContaining("--assume-duration") }),
  );
  expect(durationOf(unknown, 90)).toBe(90);
  expect(durationOf(audio(), 90)).toBe(60);
});

test("the limits hold for the part that is sent, not for the recording", () => {
  const long = audio({ duration: 50_000, sizeBytes: 3_000_000_000 });
  const part = {
    range: { start: 0, end: 600 },
    sending: { kind: "copy", mimeType: "audio/mp3", bytes: 5_000_000 },
  } as const;
  expect(planOf([{ ...long, ...part }])).toMatchObject({ delivery: "inline", duration: 600, tokens: 19_200 });
});

describe("the transcription model", () => {
  const transcriber = "gemini-3.5-transcribe";

  test.each([
    [3_600, false],
    [1_800, true],
  ])("takes %d s, with words: %s", (limit, hasWords) => {
    expect(planOf([audio({ duration: limit })], "auto", transcriber, hasWords).duration).toBe(limit);
    expect(() => planOf([audio({ duration: limit + 1 })], "auto", transcriber, hasWords)).toThrow(
      expect.objectContaining({ kind: "limit", message: expect.stringContaining(transcriber) }),
    );
  });
});
