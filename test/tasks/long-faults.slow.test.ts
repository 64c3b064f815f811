import { afterAll, expect, test } from "vitest";
import { faultSchedule } from "../emulator/fault-schedule.ts";
import { convert } from "../support/ffmpeg.ts";
import { useEmulator } from "../support/service.ts";
import { encodings, textsOf, toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator({ countsFaults: false });
const talk = toneWav({ seconds: 7_200, speakers: 2, seed: 33 });
const recording = convert(talk.bytes, encodings.mp3, "made.mp3");
const texts = textsOf(talk.words);
const ends = { whole: 0, incomplete: 0, lostSeconds: 0 };

/** How far the times of a model that follows instructions may be from the truth. */
const tolerance = 3;

/** What is no longer than this between two words is taken for a pause: nobody can tell what is not said there. */
const longestPause = { [transcriptionModel]: 1.5, [generalModel]: 5.5 };

interface Gap {
  readonly start: number;
  readonly end: number;
}

interface Document {
  readonly segments: readonly { readonly text: string }[];
  readonly gaps: readonly Gap[];
  readonly warnings: readonly string[];
  readonly complete: boolean;
}

/** The stretches that a warning says to sound without a word. */
function toldOfIn(warning: string): Gap[] {
  const seconds = (time: string) => time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const told = warning.includes("something sounds") ? warning : "";
  return [...told.matchAll(/([\d:]+) to ([\d:]+)/g)].map(([, from = "", to = ""]) => ({
    start: seconds(from),
    end: seconds(to) + 1,
  }));
}

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
    const document: Document = JSON.parse(stdout);
    const { segments, complete, warnings } = document;
    // What was answered by nothing twice is told of, too.
    const gaps = [...document.gaps, ...warnings.flatMap(toldOfIn)];
    expect(complete).toBe(exitCode === 0);
    ends[exitCode === 0 ? "whole" : "incomplete"] += 1;
    ends.lostSeconds += gaps.reduce((sum, gap) => sum + gap.end - gap.start, 0);

    const isKnown = ({ start, end }: Gap) =>
      gaps.every((gap) => end < gap.start - tolerance || start > gap.end + tolerance);
    const known = talk.words.filter(isKnown);
    const there = segments.flatMap(({ text }) => text.split(" "));
    const told = there.filter((text) => known.some((word) => word.text === text));
    // Each once, in order.
    expect(told).toEqual([...new Set(told)].toSorted());
    expect(
      holesIn(new Set(there)).filter((hole) => isKnown(hole) && hole.end - hole.start > longestPause[model]),
    ).toEqual([]);
  },
);

/** The stretches between words that are there, in which others are not. */
function holesIn(there: ReadonlySet<string>): Gap[] {
  const holes: Gap[] = [];
  let before = 0;
  let isHole = false;
  for (const { text, start, end } of talk.words) {
    if (there.has(text)) {
      if (isHole) holes.push({ start: before, end: start });
      before = end;
    }
    isHole = !there.has(text);
  }
  return isHole ? [...holes, { start: before, end: 7_200 }] : holes;
}
