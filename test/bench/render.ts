import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { transcriptFormats } from "../../src/invocation.ts";
import { renderJson } from "../../src/render/json.ts";
import type { Segment, Word } from "../../src/transcript/transcript.ts";
import { sampleTranscript } from "../render/transcript.ts";
import { bound, cell, gaudio, run } from "./run.ts";

const seconds = 34_200;
const count = 40_000;
const wordsOfSegment = 16;

/** How fast a transcript of 9.5 hours is rendered in each format, by the whole program. */
export async function benchRender(directory: string): Promise<void> {
  const path = join(directory, "long.json");
  writeFileSync(path, renderJson(longTranscript()));
  console.log("render 40,000 words of 9.5 h          s        MB");
  for (const format of transcriptFormats) {
    const output = join(directory, `out.${format}`);
    const one = await run(process.execPath, [gaudio, "render", path, "-f", format, "-o", output]);
    console.log(`${format.padEnd(30)}${cell(one?.seconds)} ${cell(one?.residentMegabytes, 0)}`);
    bound("its time in seconds", one?.seconds, 1);
    bound("its memory in MB", one?.residentMegabytes, 200);
  }
}

/** Forty thousand words by four speakers, each with its time. */
function longTranscript() {
  const step = Math.floor((seconds * 1_000) / count);
  const words = Array.from({ length: count }, (_, index): Word => {
    const text = `word${index}${index % 9 === 8 ? "." : index % 5 === 4 ? "," : ""}`;
    const speaker = `SPEAKER_0${Math.floor(index / wordsOfSegment) % 4}`;
    return { text, start: index * step, end: index * step + 400, speaker };
  });
  const segments = Array.from({ length: count / wordsOfSegment }, (_, id): Segment => {
    const own = words.slice(id * wordsOfSegment, (id + 1) * wordsOfSegment);
    const [first, last] = [own[0], own.at(-1)];
    const text = own.map((word) => word.text).join(" ");
    const times = { start: first?.start ?? null, end: last?.end ?? null };
    const speaker = first?.speaker ?? null;
    return { ...times, id, text, speaker, words: own, language: "en", translation: null, emotion: null };
  });
  const speakers = [0, 1, 2, 3].map((index) => ({ id: `SPEAKER_0${index}`, name: null }));
  return sampleTranscript({ text: segments.map(({ text }) => text).join(" "), segments, speakers });
}
