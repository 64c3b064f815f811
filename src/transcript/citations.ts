import { minuteTime, parseTimecode } from "../timecode.ts";
import type { Milliseconds } from "../units.ts";
import type { Citation } from "./reply.ts";
import { areOutside, inRecording, type Part } from "./times.ts";

/** No citation is longer, in characters. */
const longest = 80;

/** What a model is told of pointing to times. */
export function citationSentences(recordings: number): string[] {
  const form = recordings === 1 ? "[MM:SS]" : "[2, MM:SS] for Recording 2";
  const stretch = recordings === 1 ? "[MM:SS-MM:SS]" : "[2, MM:SS-MM:SS]";
  return [
    `Behind each statement, point in square brackets to the time at which it is heard, as ${form}, or to a stretch, as ${stretch}; from one hour on as HH:MM:SS.`,
    "Count times from the start of the recording, and point only to times at which you have heard it.",
  ];
}

/**
 * Reads the times in square brackets to which an answer points, as it arrives, and writes them as those of the
 * whole recording: `[02:15]`, `[1:02:15-1:02:30]`, `[2, 02:15]`. What else stands in brackets is left as it is.
 */
export class CitationReader {
  /** Those that can be, in the order of the text. */
  readonly citations: Citation[] = [];
  /** Those that cannot be, as the model wrote them. */
  readonly outside: string[] = [];
  private readonly parts: readonly Part[];
  /** A bracket that is not closed yet, and what follows it. */
  private held = "";

  /** `parts` are what the model was given of each recording, in their order. */
  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** Takes a piece of any length; answers what can be shown of the text. */
  add(piece: string): string {
    const text = this.held + piece;
    const opening = openingOf(text);
    this.held = text.slice(opening);
    return this.rewrite(text.slice(0, opening));
  }

  /** What was held back. Nothing more will come. */
  end(): string {
    const { held } = this;
    this.held = "";
    return this.rewrite(held);
  }

  private rewrite(text: string): string {
    return text.replace(/\[([^[\]\n]+)\]/g, (bracketed, inner: string) => {
      const told = inner.length > longest ? null : readPlaces(inner);
      if (told === null) return bracketed;
      const written = told.map((place) => this.take(place, bracketed));
      return written.every((one) => one !== null) ? `[${written.join(", ")}]` : bracketed;
    });
  }

  /** Keeps a place; answers how it is written, or null when it cannot be. */
  private take({ recording, start, end }: Citation, bracketed: string): string | null {
    const part = this.partOf(recording);
    if (part === null || areOutside({ start, end }, part)) {
      this.outside.push(bracketed);
      return null;
    }
    const moved = inRecording({ start, end }, part);
    const citation = { recording, start: moved.start ?? start, end: moved.end };
    this.citations.push(citation);
    return written(citation);
  }

  /** Where it is not said which recording is meant, the longest. */
  private partOf(recording: number | null): Part | null {
    if (recording !== null) return this.parts[recording - 1] ?? null;
    return this.parts.toSorted((a, b) => b.duration - a.duration)[0] ?? null;
  }
}

/** Where a bracket begins that may yet become a citation; else where the text ends. */
function openingOf(text: string): number {
  const opening = text.lastIndexOf("[");
  const rest = text.slice(opening);
  const isOpen = opening !== -1 && !/[\]\n]/.test(rest) && rest.length <= longest;
  return isOpen ? opening : text.length;
}

/** The places in a bracket; null unless it holds such and nothing else. */
function readPlaces(inner: string): Citation[] | null {
  const places: Citation[] = [];
  let recording: number | null = null;
  for (const item of inner.split(/[,;]/)) {
    const { label, rest } = labelled.exec(item.trim())?.groups ?? {};
    if (label !== undefined) recording = Number(label);
    if (rest === undefined || rest === "") continue;
    const time = rest.includes(":") ? readTime(rest) : null;
    if (time === null) return null;
    places.push({ recording, ...time });
  }
  return places.length === 0 ? null : places;
}

/** `2`, `Recording 2`, `Recording 2 at 02:15`, `02:15`. */
const labelled =
  /^(?:(?:(?:recording|rec\.?) *#?)?(?<label>\d{1,3})(?!\d|[:.]\d)(?: *(?:at|:))? *)?(?<rest>.*)$/i;

function readTime(text: string): { start: Milliseconds; end: Milliseconds | null } | null {
  const [start, end] = [parseTimecode(text, "start"), parseTimecode(text, "end")];
  if (start === null) return null;
  return { start, end: end === start ? null : end };
}

function written({ recording, start, end }: Citation): string {
  const name = recording === null ? "" : `${recording}, `;
  return `${name}${nearest(start)}${end === null ? "" : `-${nearest(end)}`}`;
}

/** Models tell whole seconds, and a part of a recording seldom begins at one. */
function nearest(time: Milliseconds): string {
  return minuteTime(Math.round(time / 1_000) * 1_000);
}
