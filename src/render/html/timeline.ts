import { clockTime } from "../../timecode.ts";
import type { Segment, SoundEvent, Transcript } from "../../transcript/transcript.ts";
import { type Milliseconds, toMilliseconds } from "../../units.ts";
import { speakerName } from "../speaker-name.ts";
import { colorClass } from "./colors.ts";
import { escapeHtml } from "./escape.ts";

/** The width of the picture, in units of its own. */
const width = 10_000;

/** What is shorter is drawn so wide, and what is closer than that is drawn as one. */
const finest = 15;

interface Row {
  readonly name: string;
  readonly className: string;
  readonly times: readonly Pick<Segment, "start" | "end">[];
}

/** A picture of who speaks when, a row a speaker, the sounds in a last one; empty when there are no times. */
export function renderTimeline(transcript: Transcript): string {
  const length = lengthOf(transcript);
  const rows = rowsOf(transcript).flatMap((row) => renderRow(row, length));
  if (rows.length === 0) return "";
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => `<span>${clockTime(part * length)}</span>`).join("");
  return [
    `<figure class="timeline" data-length="${length}">`,
    "<figcaption>Who speaks when</figcaption>",
    ...rows,
    `<div class="scale">${marks}</div>`,
    '<div class="over"><div id="playhead" hidden></div></div>',
    "</figure>\n",
  ].join("\n");
}

/** A recording's length; at least until where the last thing is said, and never nothing. */
function lengthOf({ source, segments, events }: Transcript): Milliseconds {
  const ends = [...segments, ...(events ?? [])].map(({ start, end }) => end ?? start ?? 0);
  const least = Math.max(1, toMilliseconds(source.duration ?? 0));
  return ends.reduce((latest, end) => Math.max(latest, end), least);
}

function rowsOf({ segments, speakers, events }: Transcript): Row[] {
  const saidBy = (id: string | null) => segments.filter(({ speaker }) => speaker === id);
  const named = speakers.map(({ id }, place) => ({
    name: speakerName(id, speakers),
    className: colorClass(place),
    times: saidBy(id),
  }));
  const nobody = speakers.length === 0 ? "Speech" : "Unknown";
  return [
    ...named,
    { name: nobody, className: colorClass(-1), times: saidBy(null) },
    { name: "Sounds", className: "sounds", times: events ?? [] },
  ];
}

function renderRow({ name, className, times }: Row, length: Milliseconds): string[] {
  const path = pathOf(times, length);
  if (path === "") return [];
  const label = escapeHtml(name);
  return [
    `<div class="row ${className}"><span class="name"><bdi>${label}</bdi></span>` +
      `<svg class="track" viewBox="0 0 ${width} 1" preserveAspectRatio="none" role="img" aria-label="When: ${label}">` +
      `<path d="${path}"/></svg></div>`,
  ];
}

/** One path for all of a row: an hour has a thousand segments. */
function pathOf(times: readonly Pick<SoundEvent, "start" | "end">[], length: Milliseconds): string {
  const bars: { from: number; to: number }[] = [];
  for (const { start, end } of times) {
    if (start === null) continue;
    const from = Math.round((start / length) * width);
    const to = Math.max(from + finest, Math.round(((end ?? start) / length) * width));
    const latest = bars.at(-1);
    if (latest !== undefined && from >= latest.from && from <= latest.to + finest) {
      latest.to = Math.max(latest.to, to);
    } else {
      bars.push({ from, to });
    }
  }
  return bars.map(({ from, to }) => `M${from} 0h${to - from}v1h${from - to}z`).join("");
}
