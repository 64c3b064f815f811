import { JSONParser } from "@streamparser/json";
import { z } from "zod";
import { cleanText } from "./clean.ts";

/** Text, or a number where a model wrote one without its quotes. */
const said = z.union([z.string(), z.number().transform(String)]);
/** What may be missing: a segment's text is worth keeping without it. */
const aside = said.nullish().catch(null);
const time = z.union([z.string(), z.number()]).nullish().catch(null);

const segmentSchema = z.object({
  start: time,
  end: time,
  speaker: aside,
  language: aside,
  text: said,
  translation: aside,
  emotion: aside,
});

const eventSchema = z.object({ start: time, end: time, label: said });

/** A segment as the model wrote it. */
export type AnsweredSegment = z.infer<typeof segmentSchema>;

/** A sound that is no speech, as the model wrote it. */
export type AnsweredEvent = z.infer<typeof eventSchema>;

/** A structured answer, as much of it as arrived. */
export interface Answer {
  readonly language: string | null;
  readonly summary: string | null;
  readonly segments: readonly AnsweredSegment[];
  readonly events: readonly AnsweredEvent[];
  /** Whether the JSON was whole and every segment of the form that was asked for. */
  readonly isWhole: boolean;
}

/** Reads the JSON that answers an answerSchema, all of it at once. */
export function readAnswer(json: string): Answer {
  const reader = new AnswerReader();
  reader.write(json);
  return reader.end();
}

/** Whether a text is, or begins as, JSON: it was meant for gaudio, and is nothing to be shown as what was said. */
export function looksLikeJson(text: string): boolean {
  return jsonBeginning.test(text);
}

/** A bracket alone may be a person's or a time's: `[music]`, `[0:05]`. */
const jsonBeginning = /^\s*(?:```\w*\s*)?(?:\{|\[\s*(?:[[{"\]]|$)|null\s*(?:```\s*)?$)/;

/**
 * Reads the JSON that answers an answerSchema as it arrives. Of JSON that is cut short or malformed, the
 * segments that were closed before are kept: never a half one, whose text or time could be cut too.
 */
export class AnswerReader {
  private readonly parser = new JSONParser({ paths: [...paths], keepStack: false });
  private readonly segments: AnsweredSegment[] = [];
  private readonly events: AnsweredEvent[] = [];
  private language: string | null = null;
  private summary: string | null = null;
  private hasBegun = false;
  private hasSegments = false;
  /** Whether it is JSON, as far as it came. */
  private isSound = true;
  /** Whether every segment has what it must have. */
  private isOfForm = true;
  /** The first half of a character that was cut in two. */
  private half = "";
  /** Whether another object came behind the closing brace. */
  private isGoingOn = false;

  constructor() {
    this.parser.onValue = ({ key, value, stack }) => {
      const place = stack.length > 1 ? `${stack[1]?.key}.*` : `${key}`;
      this.take(place, value);
    };
    this.parser.onError = () => {
      this.isSound = false;
    };
  }

  /** Takes a piece of any length; answers the segments that it closed. */
  write(piece: string): AnsweredSegment[] {
    const known = this.segments.length;
    const text = this.half + piece;
    this.half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? "";
    // Brace by brace, so that it is known where the object ended.
    for (const part of this.behindOpening(text.slice(0, text.length - this.half.length)).split(/(?<=\})/)) {
      if (this.parser.isEnded) this.isGoingOn ||= part.includes("{");
      else if (this.isSound) this.parse(part);
    }
    return this.segments.slice(known);
  }

  /** The sounds that were closed so far. */
  get heard(): readonly AnsweredEvent[] {
    return this.events;
  }

  /** Whether what comes next can be part of the answer: it is neither ended nor malformed. */
  get isReading(): boolean {
    return this.isSound && !this.parser.isEnded;
  }

  /** What was read; nothing more will come. */
  end(): Answer {
    const { language, summary, segments, events } = this;
    // A remark behind the answer takes nothing from it; another object may be the rest of it.
    const isClosed = this.parser.isEnded && !this.isGoingOn;
    const isWhole = this.isSound && isClosed && this.hasSegments && this.isOfForm;
    return { language, summary, segments: [...segments], events: [...events], isWhole };
  }

  /** Some models fence their JSON, or say something before it. */
  private behindOpening(text: string): string {
    if (this.hasBegun) return text;
    const opening = text.indexOf("{");
    if (opening === -1) return "";
    this.hasBegun = true;
    return text.slice(opening);
  }

  private parse(json: string): void {
    try {
      this.parser.write(json);
    } catch {
      this.isSound = false;
    }
  }

  private take(place: string, value: unknown): void {
    switch (place) {
      case "language":
        this.language = typeof value === "string" ? cleanText(value).trim() || null : null;
        break;
      case "summary":
        this.summary = typeof value === "string" ? cleanText(value).trim() || null : null;
        break;
      case "segments":
        this.hasSegments = Array.isArray(value);
        break;
      case "segments.*": {
        const segment = segmentSchema.safeParse(value);
        if (segment.success) this.segments.push(segment.data);
        else this.isOfForm = false;
        break;
      }
      case "events.*": {
        const event = eventSchema.safeParse(value);
        // Words count for more than sounds: an answer is whole without one of these.
        if (event.success) this.events.push(event.data);
        break;
      }
    }
  }
}

const paths = ["$.language", "$.segments", "$.segments.*", "$.events.*", "$.summary"] as const;
