import type { Fault } from "./faults.ts";
import { fill, type Nth, type Values } from "./fill.ts";
import { type Heard, saidIn } from "./hearing/hear.ts";
import type { Utterance } from "./hearing/utterances.ts";
import { type Loop, loopText, turnsOf } from "./loop.ts";
import type { JsonSchema } from "./question.ts";

/** What a general model answers: from what was heard, in the form that is asked for, as far as a fault lets it. */
export function answer(
  heard: readonly Heard[],
  { prompt, schema }: { readonly prompt: string; readonly schema: JsonSchema | null },
  fault: Fault | null,
): string {
  if (schema === null) {
    const text = /\bsummar/i.test(prompt) ? summaryOf(heard) : spokenText(heard);
    return fault?.kind === "loop" ? loopText(text, fault) : text;
  }
  const write = (segments: readonly SegmentValues[]) =>
    JSON.stringify(fill(schema, "", rootValues(heard, segments, timesUnder(fault))));
  const segments = segmentsIn(heard);
  return write(fault?.kind === "loop" ? loopSegments(segments, write, fault) : segments);
}

/** A segment before it is written down: times in seconds. */
interface SegmentValues {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
  readonly emotion: Nth;
  readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
}

function segmentsIn(heard: readonly Heard[]): SegmentValues[] {
  const voices = new Map<string, number>();
  return heard.flatMap((one) => saidIn(one).map((utterance) => segmentOf(utterance, voices)));
}

/** Speakers are labelled by first appearance within the request, as the service does. */
function segmentOf(
  { voice, start, end, text, words }: Utterance,
  voices: Map<string, number>,
): SegmentValues {
  const nth = voices.get(voice) ?? voices.size;
  voices.set(voice, nth);
  return { start, end, text, words, speaker: `Speaker ${nth + 1}`, emotion: { nth } };
}

/** How a time is told. */
type Telling = (seconds: number) => number | string;

function timesUnder(fault: Fault | null): Telling {
  if (fault?.kind === "bad-times") return () => fault.text;
  if (fault?.kind === "drift") return (seconds) => Math.round(seconds * fault.factor * 1_000) / 1_000;
  return (seconds) => seconds;
}

function rootValues(heard: readonly Heard[], segments: readonly SegmentValues[], time: Telling): Values {
  const text = spokenText(heard);
  return {
    language: "en",
    text,
    transcript: text,
    translation: translationOf(text),
    summary: summaryOf(heard),
    // None is heard: what is no speech is none of the emulator's.
    events: [],
    chapters: heard.flatMap((one, index) =>
      saidIn(one).map((utterance) => ({
        recording: index + 1,
        start: time(utterance.start),
        title: utterance.text.split(" ").slice(0, 3).join(" "),
        summary: utterance.text,
      })),
    ),
    segments: segments.map(({ words, ...segment }) => ({
      ...timed(segment, time),
      content: segment.text,
      translation: translationOf(segment.text),
      language: "en",
      words: words.map((word) => ({ ...timed(word, time), word: word.text })),
    })),
  };
}

function timed<Timed extends { readonly start: number; readonly end: number }>(one: Timed, time: Telling) {
  return { ...one, start: time(one.start), end: time(one.end) };
}

function translationOf(text: string): string {
  return `${text} (translated)`;
}

/** The last segment that is closed within the characters to keep, again and again. */
function loopSegments(
  segments: readonly SegmentValues[],
  write: (segments: readonly SegmentValues[]) => string,
  fault: Loop,
): readonly SegmentValues[] {
  const none = write([]);
  const opened = none.indexOf(opening) + opening.length;
  const closedAt = (count: number) => opened + write(segments.slice(0, count)).length - none.length;
  const kept = segments.findLastIndex((_, index) => closedAt(index + 1) <= fault.keep) + 1;
  const last = segments[Math.max(0, kept - 1)];
  if (last === undefined) return segments;
  const text = fault.unit ?? last.text;
  const length = last.end - last.start;
  const repeated = turnsOf(fault, text.length).map((turn) => {
    const start = last.end + turn * length;
    return { ...last, text, start, end: start + length, words: [] };
  });
  return [...segments.slice(0, Math.max(1, kept)), ...repeated];
}

const opening = '"segments":[';

function spokenText(heard: readonly Heard[]): string {
  return heard.flatMap((one) => saidIn(one).map(({ text }) => text)).join("\n");
}

function summaryOf(heard: readonly Heard[]): string {
  return heard
    .map((one, index) => {
      const utterances = saidIn(one);
      const voices = new Set(utterances.map(({ voice }) => voice)).size;
      const words = utterances.flatMap(({ text }) => text.split(" ")).length;
      const name = heard.length === 1 ? "The recording" : `Recording ${index + 1}`;
      return `${name}: ${one.seconds.toFixed(1)} seconds, ${voices} speakers, ${words} words, from “${utterances[0]?.text ?? ""}” to “${utterances.at(-1)?.text ?? ""}”.`;
    })
    .join("\n");
}
