import { expect, test } from "vitest";
import type { CueLimits } from "../../src/invocation.ts";
import { speakerPrefix } from "../../src/render/cue-speaker.ts";
import { type Cue, cuesOf } from "../../src/render/cues.ts";
import { renderSrt } from "../../src/render/srt.ts";
import { renderVtt } from "../../src/render/vtt.ts";
import type { Segment, Speaker } from "../../src/transcript/transcript.ts";
import { createRandom } from "../support/damage.ts";
import { readVtt } from "../support/webvtt.ts";
import { randomLimits, randomTranscript } from "./cues-random.ts";
import { readSrt } from "./srt-reader.ts";

const seeds = Array.from({ length: 100 }, (_, index) => index);

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** A judge of its own: twice as wide is what is wide in every font. */
function width(text: string): number {
  const wide =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}！。，「」]|\p{Emoji_Presentation}|\ufe0f/u;
  const narrow = /^[\uff61-\uff9f]/;
  return graphemes(text).reduce((sum, one) => {
    if (/^[\p{M}\p{Cf}]+$/u.test(one)) return sum;
    return sum + (wide.test(one) && !narrow.test(one) ? 2 : 1);
  }, 0);
}

function bare(text: string): string {
  return text.replace(/\s/g, "");
}

test.each(seeds)("random transcript %s", (seed) => {
  const random = createRandom(seed * 7_919 + 1);
  for (let warm = 0; warm < 5; warm += 1) random(2);
  const transcript = randomTranscript(random);
  const limits = randomLimits(random);
  const cues = cuesOf(transcript, limits);
  expectAllText(transcript, cues);
  expectLimits(cues, limits);
  expectTimes(cues);
  for (const highlightWords of [false, true]) {
    const { errors, cues: read } = readVtt(`${renderVtt(transcript, { cues: limits, highlightWords })}\n`);
    expect(errors).toEqual([]);
    expect(read.map(({ startTime, endTime }) => [startTime, endTime])).toEqual(readingOrder(cues));
  }
  expectSrt(renderSrt(transcript, { cues: limits, highlightWords: false }), cues, limits);
  const states = readSrt(renderSrt(transcript, { cues: limits, highlightWords: true }));
  expect(states.every(({ start, end }) => end > start)).toBe(true);
  expect(states).toEqual(states.toSorted((a, b) => a.start - b.start));
});

/** Of those that begin at once, first the one that stays longer: WebVTT's own order. */
function readingOrder(cues: readonly Cue[]): [number, number][] {
  return cues.toSorted((a, b) => a.start - b.start || b.end - a.end).map(({ start, end }) => [start, end]);
}

function expectAllText(
  { segments, speakers }: { segments: readonly Segment[]; speakers: readonly Speaker[] },
  cues: readonly Cue[],
) {
  if (segments.every(({ start, end }) => start === null && end === null)) return expect(cues).toEqual([]);
  for (const [index, { text }] of segments.entries()) {
    const name = speakers[index]?.name?.replace(/\s+/g, " ").trim();
    const lines = cues.filter(({ speaker }) => speaker === name).flatMap((cue) => cue.lines);
    expect(bare(lines.join(""))).toBe(bare(text));
    // A letter and its marks stay together; text that begins with a mark has it at the space it stood behind.
    expect(lines.flatMap(graphemes).filter(bare).map(bare)).toEqual(
      graphemes(text.replace(/\s+/g, " ")).map(bare).filter(bare),
    );
  }
}

function expectLimits(cues: readonly Cue[], limits: CueLimits) {
  for (const { speaker, lines, words } of cues) {
    const [first = "", ...others] = lines;
    expect(lines.length).toBeLessThanOrEqual(limits.maxLineCount);
    for (const line of [speakerPrefix(speaker, limits) + first, ...others]) {
      expect(width(line), line).toBeLessThanOrEqual(limits.maxLineWidth);
    }
    for (const line of lines) expect(line).toBe(line.replace(/[\n\t]/g, " ").trim());
    expect(lines.every((line) => line !== "")).toBe(true);
    for (const [index] of lines.entries()) {
      const count = words?.filter((word) => word.line === index).length ?? 0;
      expect(count).toBeLessThanOrEqual(limits.maxWordsPerLine ?? Number.POSITIVE_INFINITY);
    }
    for (const word of words ?? []) expect(lines[word.line]?.startsWith(word.text, word.from)).toBe(true);
  }
}

function expectTimes(cues: readonly Cue[]) {
  for (const [index, { start, end, speaker, words }] of cues.entries()) {
    const next =
      cues.find((cue, at) => at > index && cue.speaker === speaker)?.start ?? Number.POSITIVE_INFINITY;
    expect(start).toBeGreaterThanOrEqual(cues[index - 1]?.start ?? 0);
    expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(Math.min(start + 7_000, next));
    expect(end).toBeGreaterThanOrEqual(Math.min(start + 833, next));
    const times = (words ?? []).flatMap((word) => [word.start, word.end]);
    expect([start, ...times, end]).toEqual([start, ...times, end].toSorted((a, b) => a - b));
  }
}

function expectSrt(text: string, cues: readonly Cue[], limits: CueLimits) {
  const arrow = (line: string) => line.replace(/-{2,}>/g, "->");
  expect(readSrt(text)).toEqual(
    cues.map(({ start, end, speaker, lines: [first, ...others] }) => ({
      start,
      end,
      lines: [arrow(speakerPrefix(speaker, limits)) + arrow(first ?? ""), ...others.map(arrow)],
    })),
  );
  expect(text.match(/-->/g)?.length ?? 0).toBe(cues.length);
}
