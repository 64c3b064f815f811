import { afterAll, expect, test } from "vitest";
import { faultSchedule } from "../emulator/fault-schedule.ts";
import { convert } from "../support/ffmpeg.ts";
import { useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator({ countsFaults: false });
const talk = toneWav({ seconds: 7_200, speakers: 2, seed: 33 });
const recording = convert(talk.bytes, ["-b:a", "32k", "-f", "mp3"], "made");
const texts = textsOf(talk.words);
const ends = { whole: 0, incomplete: 0, lostSeconds: 0 };

/** How far the times of a model that follows instructions may be from the truth. */
const tolerance = 3;

afterAll(() => console.log(ends));

test.each(Array.from({ length: 20 }, (_, seed) => seed + 1))(
  "two hours under fault schedule %i are whole, or say exactly where they are not",
  async (seed) => {
    const { api, route } = ways[seed % 2] ?? { api: "generate", route: "generate" };
    const model = seed % 4 < 2 ? transcriptionModel : generalModel;
    service.emulator.faults.addAll(faultSchedule(seed, { route, words: texts.length }));
    const argv = ["transcribe", "recording", "-f", "json", "-m", model, "--api", api];
    const { exitCode, stdout, stderr } = await service.run(argv, { files: { recording } });
    expect([0, 8], stderr).toContain(exitCode);
    const { segments, gaps, complete } = JSON.parse(stdout);
    const there: string[] = segments.flatMap(({ text }: { text: string }) => text.split(" "));
    expect(complete).toBe(exitCode === 0);
    if (exitCode === 0) {
      ends.whole += 1;
      expect(there).toEqual(texts);
      return;
    }
    ends.incomplete += 1;
    ends.lostSeconds += gaps.reduce((sum: number, gap: Gap) => sum + gap.end - gap.start, 0);
    const isKept = ({ start, end }: { start: number; end: number }) =>
      gaps.every((gap: Gap) => end < gap.start - tolerance || start > gap.end + tolerance);
    const kept = textsOf(talk.words.filter(isKept));
    const known = new Set(kept);
    expect(there.filter((text) => known.has(text))).toEqual(kept);
  },
);

interface Gap {
  readonly start: number;
  readonly end: number;
}
