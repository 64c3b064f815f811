import { clockTime } from "../../timecode.ts";
import type { Segment, SoundEvent, Speaker, Transcript, Word } from "../../transcript/transcript.ts";
import { placesOf } from "../../transcript/word-places.ts";
import type { Milliseconds } from "../../units.ts";
import { speakerName } from "../speaker-name.ts";
import { toSeconds } from "../time.ts";
import type { Turn, TurnPart } from "../turns.ts";
import { colorClass } from "./colors.ts";
import { escapeHtml } from "./escape.ts";

/** A turn: its speaker's name, and under it each segment and sound beside its time. */
export function renderTurn({ speaker, parts }: Turn, transcript: Transcript): string {
  const { speakers, language } = transcript;
  const inside = parts.map((part) => renderPart(part, language)).join("\n");
  return `<section class="turn ${classOf(speaker, speakers)}">\n${nameOf(speaker, speakers)}${inside}\n</section>`;
}

function classOf(speaker: string | null, speakers: readonly Speaker[]): string {
  return colorClass(speakers.findIndex(({ id }) => id === speaker));
}

function nameOf(speaker: string | null, speakers: readonly Speaker[]): string {
  if (speaker === null) return "";
  return `<h3 class="name"><bdi>${escapeHtml(speakerName(speaker, speakers))}</bdi></h3>\n`;
}

function renderPart(part: TurnPart, language: string | null): string {
  switch (part.kind) {
    case "segment":
      return renderSegment(part.segment, language);
    case "event":
      return renderEvent(part.event);
  }
}

/** The words' times stand in one attribute, in the order of the spans: a start and an end for each. */
function renderSegment(segment: Segment, language: string | null): string {
  const { id, text, translation, emotion } = segment;
  const words = timedWords(segment);
  const wordTimes = words.map(({ start, end }) => `${start} ${end}`).join(" ");
  const attributes = wordTimes === "" ? "" : ` data-w="${wordTimes}"`;
  const tag = escapeHtml(segment.language ?? language ?? "");
  const manner = emotion === null ? "" : `<span class="emotion">${emotion}</span>`;
  const meant = translation === null ? "" : paragraph("translation", "", escapeHtml(translation));
  return (
    `<div class="part" id="p${id}"${timeData(segment)}${attributes}>` +
    `<div class="side">${renderTime(segment.start)}${manner}</div>` +
    `<div class="said">${paragraph("text", tag, markWords(text, words))}${meant}</div></div>`
  );
}

function renderEvent(event: SoundEvent): string {
  return (
    `<div class="part event"${timeData(event)}><div class="side">${renderTime(event.start)}</div>` +
    `<div class="said"><p class="label" dir="auto">${escapeHtml(event.label)}</p></div></div>`
  );
}

/** An empty language says that it is not known, so that it is not taken for the page's. */
function paragraph(className: string, language: string, inside: string): string {
  return `<p class="${className}" lang="${language}" dir="auto">${inside}</p>`;
}

function renderTime(start: Milliseconds | null): string {
  if (start === null) return "";
  const time = `<time datetime="PT${toSeconds(start)}S">${clockTime(start)}</time>`;
  return `<button type="button" class="at">${time}</button>`;
}

function timeData({ start, end }: Pick<Segment, "start" | "end">): string {
  return start === null ? "" : ` data-t="${start} ${end ?? start}"`;
}

interface TimedWord {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  /** Where it stands in the segment's text. */
  readonly from: number;
  readonly to: number;
}

/** The words that have times and stand in the text. */
function timedWords({ text, words }: Segment): TimedWord[] {
  if (words === null) return [];
  const places = placesOf(
    words.map((word) => word.text),
    text,
  );
  return words.flatMap(({ start, end }: Word, index) => {
    const place = places[index] ?? null;
    if (start === null || place === null) return [];
    return [{ start, end: end ?? start, from: place.start, to: place.end }];
  });
}

function markWords(text: string, words: readonly TimedWord[]): string {
  let behind = 0;
  const pieces: string[] = [];
  for (const { from, to } of words) {
    pieces.push(escapeHtml(text.slice(behind, from)), `<span>${escapeHtml(text.slice(from, to))}</span>`);
    behind = to;
  }
  return pieces.join("") + escapeHtml(text.slice(behind));
}
