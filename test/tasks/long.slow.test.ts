import { expect, test } from "vitest";
import { convert } from "../support/ffmpeg.ts";
import { useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const { bytes: wav, words } = toneWav({ seconds: 7_200, speakers: 2, seed: 21 });
const byText = new Map(words.map((word) => [word.text, word]));

const encodings = {
  wav: () => wav,
  mp3: () => convert(wav, ["-b:a", "32k", "-f", "mp3"], "made"),
  ogg: () => convert(wav, ["-c:a", "libvorbis", "-f", "ogg"], "made"),
} as const;

test.each([
  ["wav", transcriptionModel, 0.3],
  ["mp3", transcriptionModel, 0.3],
  ["ogg", generalModel, 2],
] as const)(
  "two hours of %s by %s: every word once, in order, at its time",
  async (encoding, model, tolerance) => {
    const argv = ["transcribe", "recording", "-m", model, "-f", "json", "-j", "3"];
    const { exitCode, stdout } = await service.run(argv, { files: { recording: encodings[encoding]() } });
    const { segments, complete, gaps } = JSON.parse(stdout);
    expect({ exitCode, complete, gaps }).toEqual({ exitCode: 0, complete: true, gaps: [] });
    const texts = segments.flatMap(({ text }: { text: string }) => text.split(" "));
    expect(texts).toEqual(textsOf(words));
    for (const { text, start } of segments) {
      expect(Math.abs(start - (byText.get(text.split(" ")[0])?.start ?? -9))).toBeLessThan(tolerance);
    }
    const asked = service.emulator.requests.filter(({ url }) => url.includes("enerateContent"));
    expect(asked.length).toBeGreaterThan(4);
  },
);

test("two hours of plain text, too", async () => {
  const { exitCode, stdout } = await service.run(["transcribe", "recording"], { files: { recording: wav } });
  expect(exitCode).toBe(0);
  expect(stdout.trim().split(/\s+/)).toEqual(textsOf(words));
});
