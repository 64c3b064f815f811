import { parseTimecode } from "../timecode.ts";
import type { Answer, AnsweredEvent, AnsweredSegment } from "./answer.ts";
import { oneLine } from "./clean.ts";
import { canonicalLanguage } from "./language.ts";
import type { Shape } from "./shape.ts";
import { SpeakerNumbers, speakerKey } from "./speakers.ts";
import {
  areBelievable,
  areOutside,
  inOrder,
  inRecording,
  isUnreadable,
  noTimes,
  type Part,
  type Times,
  withinPart,
} from "./times.ts";
import { type Emotion, emotions, type Segment, type SoundEvent, type Spoken } from "./transcript.ts";
import { counted } from "./warnings.ts";

/** What was said, in gaudio's form, and what had to be mended to get there. */
export interface Assembled extends Omit<Spoken, "text"> {
  /** One for each kind of repair. */
  readonly warnings: readonly string[];
  /** False when the times cannot be those of the recording: the model is better asked again. */
  readonly isPlausible: boolean;
}

/**
 * Makes segments of what a model answered: times in milliseconds, in order and inside the recording,
 * speakers numbered by first appearance. No word is dropped, whatever its time.
 */
export function assemble(
  answer: Pick<Answer, "language" | "segments" | "events" | "summary">,
  shape: Shape,
  part: Part,
): Assembled {
  const read = answer.segments
    .map((segment) => readSegment(segment, shape))
    .filter(({ text }) => text !== "");
  const heard = shape.hasEvents ? answer.events.map(readEvent).filter(({ label }) => label !== "") : null;
  const summary = shape.hasSummary ? answer.summary : null;
  const speakers = new SpeakerNumbers();
  const segments = inOrder(read).map(({ label, ...segment }, id): Segment => {
    const times = inRecording(withinPart(segment, part), part);
    return { ...segment, ...times, id, speaker: speakers.idOf(label), words: null };
  });
  return {
    segments,
    speakers: speakers.all,
    language: canonicalLanguage(answer.language) ?? mostFrequent(read.map(({ language }) => language)),
    events: heard && inOrder(heard).map((one) => ({ ...one, ...inRecording(withinPart(one, part), part) })),
    summary,
    warnings: [
      ...segmentWarnings(read, shape, part),
      ...(heard === null ? [] : timeWarnings(heard, part, "sounds")),
      ...(shape.hasSummary && summary === null ? ["the model gave no summary"] : []),
    ],
    isPlausible: !shape.hasTimes || areBelievable(read, part),
  };
}

/** A segment whose fields are known to be good, in the part's own time. */
interface ReadSegment extends Omit<Segment, "id" | "speaker" | "words"> {
  /** Its speaker's key; null when there is none. */
  readonly label: string | null;
}

function readSegment(segment: AnsweredSegment, shape: Shape): ReadSegment {
  return {
    ...(shape.hasTimes ? timesOf(segment) : noTimes),
    text: oneLine(segment.text),
    label: shape.hasSpeakers ? speakerKey(segment.speaker) : null,
    language: canonicalLanguage(segment.language),
    translation: shape.translateTo === null ? null : oneLine(segment.translation ?? "") || null,
    emotion: shape.hasEmotion ? emotionOf(segment.emotion) : null,
  };
}

function emotionOf(written: string | null | undefined): Emotion | null {
  const wanted = written
    ?.replace(/[\s.]+$/, "")
    .trimStart()
    .toLowerCase();
  return emotions.find((emotion) => emotion === wanted) ?? null;
}

function readEvent(event: AnsweredEvent): SoundEvent {
  return { ...timesOf(event), label: oneLine(event.label) };
}

function timesOf({ start, end }: Pick<AnsweredSegment, "start" | "end">): Times {
  return { start: parseTimecode(start ?? ""), end: parseTimecode(end ?? "", "end") };
}

/** Of those that come equally often, the first; null when there is none. */
function mostFrequent(languages: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const language of languages.filter((one) => one !== null))
    counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function segmentWarnings(read: readonly ReadSegment[], shape: Shape, part: Part): string[] {
  const { hasTimes, hasSpeakers, translateTo, hasEmotion } = shape;
  const lacking = (isAsked: boolean, lacks: (segment: ReadSegment) => boolean, what: string) =>
    isAsked ? counted(read, lacks, `segments came without ${what}`) : [];
  return [
    ...(hasTimes ? timeWarnings(read, part, "segments") : []),
    ...lacking(hasSpeakers, ({ label }) => label === null, "a speaker"),
    ...lacking(translateTo !== null, ({ translation }) => translation === null, "a translation"),
    ...lacking(hasEmotion, ({ emotion }) => emotion === null, `an emotion of ${emotions.join(", ")}`),
  ];
}

function timeWarnings(timed: readonly Times[], part: Part, things: string): string[] {
  const isBack = ({ start }: Times, index: number) =>
    start !== null && start < (timed[index - 1]?.start ?? 0);
  return [
    ...counted(timed, isUnreadable, `${things} came without a time that can be read`),
    ...counted(
      timed,
      (one) => areOutside(one, part),
      `${things} had impossible times, moved into the recording`,
    ),
    ...counted(timed, isBack, `${things} came out of order`),
  ];
}
