import type { RenderOptions } from "../invocation.ts";
import { clockTime } from "../timecode.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";
import { speakerPrefix } from "./cue-speaker.ts";
import { type Cue, type CueWord, cuesOf } from "./cues.ts";

/**
 * A transcript as SubRip subtitles, each with its speaker's name before it. When words are highlighted, a cue is
 * repeated for each of its words, with that one underlined (as whisper does).
 */
export function renderSrt(
  transcript: Pick<Transcript, "segments" | "speakers">,
  { cues: limits, highlightWords }: RenderOptions,
): string {
  return cuesOf(transcript, limits)
    .flatMap((cue) => (highlightWords && cue.words !== null ? statesOf(cue, cue.words) : [stateOf(cue)]))
    .toSorted((a, b) => a.start - b.start)
    .map(({ cue, word, start, end }, index) => {
      const prefix = oneArrow(speakerPrefix(cue.speaker, limits));
      return `${index + 1}\n${srtTime(start)} --> ${srtTime(end)}\n${prefix}${linesText(cue, word)}`;
    })
    .join("\n\n");
}

/** A cue while one of its words is said, or none is. */
interface State {
  readonly cue: Cue;
  readonly word: CueWord | null;
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

function stateOf(cue: Cue): State {
  return { cue, word: null, start: cue.start, end: cue.end };
}

function statesOf(cue: Cue, words: readonly CueWord[]): State[] {
  const states: State[] = [];
  let latest = cue.start;
  for (const word of words.filter(({ start, end }) => end > start)) {
    if (word.start > latest) states.push({ cue, word: null, start: latest, end: word.start });
    states.push({ cue, word, start: word.start, end: word.end });
    latest = word.end;
  }
  return latest < cue.end ? [...states, { cue, word: null, start: latest, end: cue.end }] : states;
}

function linesText({ lines }: Cue, word: CueWord | null): string {
  return lines
    .map((line, index) => (word?.line === index ? underlined(line, word) : oneArrow(line)))
    .join("\n");
}

function underlined(line: string, { from, text }: CueWord): string {
  const to = from + text.length;
  return `${oneArrow(line.slice(0, from))}<u>${oneArrow(text)}</u>${oneArrow(line.slice(to))}`;
}

/** Players take `-->` for the line of times, wherever it is. */
function oneArrow(text: string): string {
  return text.replace(/-{2,}>/g, "->");
}

function srtTime(time: Milliseconds): string {
  return `${clockTime(time)},${String(time % 1_000).padStart(3, "0")}`;
}
