import { execFileSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startEmulator } from "../emulator/server.ts";
import { makeConversation } from "../emulator/tone/conversation.ts";
import { writeWav } from "../emulator/tone/wav.ts";
import { outcomeOf, spawnGaudio, useFolder } from "../support/child.ts";
import { textsOf } from "../support/tone.ts";
import { generalModel } from "../support/ways.ts";

const folder = useFolder();
const key = "AQ.sentinel-key-0123456789";
const seconds = 5_700;

test("of a gigabyte of a studio's WAV a tenth at most is sent, and the words are the same", async () => {
  const words = makeConversation({ seconds, speakers: 2, seed: 3 });
  const speech = join(folder.path, "speech.wav");
  const studio = join(folder.path, "studio.wav");
  await writeWav(speech, { words, seconds, sampleRate: 16_000 });
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-i",
    speech,
    "-ar",
    "44100",
    "-ac",
    "2",
    "-c:a",
    "pcm_s16le",
    studio,
  ]);
  rmSync(speech);
  const { size } = statSync(studio);
  expect(size).toBeGreaterThan(1e9);
  const emulator = await startEmulator({ key });
  try {
    const child = spawnGaudio(["transcribe", studio, "-v", "--json"], {
      GEMINI_API_KEY: key,
      GOOGLE_GEMINI_BASE_URL: emulator.url,
      GAUDIO_MODEL: generalModel,
      TMPDIR: folder.path,
    });
    const { code, stdout, stderr } = await outcomeOf(child);
    expect(code).toBe(0);
    const { text, source } = JSON.parse(stdout);
    expect(text.split(" ")).toEqual(textsOf(words));
    expect(source).toMatchObject({ bytes: size, sent_as: "audio/flac" });
    expect(source.sent_bytes).toBeLessThan(size / 10);
    const told = [...stderr.matchAll(/: (\d+) bytes, of which (\d+) are sent as audio\/flac/g)];
    expect(told.map(([, all]) => Number(all))).toEqual(told.map(() => size));
    expect(told.reduce((sum, [, , part]) => sum + Number(part), 0)).toBe(source.sent_bytes);
    const sent = emulator.requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
    expect(sent).toBeLessThan(size / 10);
    expect(folder.temporaryLeft()).toEqual([]);
  } finally {
    await emulator.close();
  }
});
