import type { RenderOptions } from "../invocation.ts";
import { clockTime } from "../timecode.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";
import { type Cue, type CueWord, cuesOf } from "./cues.ts";

/**
 * A transcript as WebVTT (https://www.w3.org/TR/webvtt1/), with a voice for each speaker. When words are highlighted,
 * each has the time at which it is said.
 */
export function renderVtt(
  transcript: Pick<Transcript, "segments" | "speakers">,
  { cues: limits, highlightWords }: RenderOptions,
): string {
  const cues = cuesOf(transcript, limits).map((cue) => {
    const voice = cue.speaker === null ? "" : `<v ${escaped(cue.speaker)}>`;
    const lines = highlightWords && cue.words !== null ? timedLines(cue, cue.words) : cue.lines.map(escaped);
    return `${vttTime(cue.start)} --> ${vttTime(cue.end)}\n${voice}${lines.join("\n")}`;
  });
  return ["WEBVTT", ...cues].join("\n\n");
}

/** The lines of a cue with the times of its words: each later than the one before, and inside the cue. */
function timedLines({ start, end, lines }: Cue, words: readonly CueWord[]): string[] {
  let latest = start;
  return lines.map((line, index) => {
    let at = 0;
    let text = "";
    for (const word of words.filter((one) => one.line === index)) {
      const isLater = word.start > latest && word.start < end;
      const time = isLater ? `<${vttTime(word.start)}>` : "";
      text += `${escaped(line.slice(at, word.from))}${time}<c>${escaped(word.text)}</c>`;
      at = word.from + word.text.length;
      latest = isLater ? word.start : latest;
    }
    return text + escaped(line.slice(at));
  });
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function vttTime(time: Milliseconds): string {
  return `${clockTime(time)}.${String(time % 1_000).padStart(3, "0")}`;
}
