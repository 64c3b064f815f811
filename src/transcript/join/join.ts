import type { Milliseconds, Seconds } from "../../units.ts";
import { SpeakerNumbers } from "../speakers.ts";
import { inOrder } from "../times.ts";
import type { Segment, Spoken } from "../transcript.ts";
import { type Part, partsOf } from "./parts.ts";
import { keptPieces } from "./pieces.ts";
import { isPlain, joinPlain } from "./plain.ts";
import { type HeardWindow, joinRest } from "./rest.ts";
import { joinSegments } from "./segments.ts";
import type { People } from "./speakers.ts";
import { joinWarnings, uncertaintyWarnings } from "./warnings.ts";

/** A part of a recording that was transcribed by itself. It begins before the one before it ends. */
export interface Window {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  /**
   * With times of the whole recording; null when it failed. Where several windows have the same, each stands for
   * what is said between its start and its end.
   */
  readonly spoken: Spoken | null;
  /** Whether it is but a part of what was transcribed by itself. */
  readonly isClipped?: boolean;
}

export interface JoinOptions {
  /** Whether speakers were asked for. */
  readonly hasSpeakers: boolean;
  /** Who the labels of the answers are, where more is known of that than the overlaps tell. */
  readonly people?: People | null;
  /** The longest segment that is made of two, 15 seconds unless it is given. */
  readonly longest?: Seconds;
}

export interface Joined {
  readonly spoken: Spoken;
  readonly warnings: readonly string[];
  /** The joints where the neighbours do not agree. */
  readonly unsettled: readonly { readonly at: Milliseconds }[];
}

const longestSegment: Seconds = 15;

/**
 * Makes one transcript of those of windows that overlap, in their order: each word comes once, and a speaker
 * is the same one in all of them, as far as the overlaps tell. A window that failed leaves a gap.
 */
export function join(
  windows: readonly Window[],
  { hasSpeakers, people = null, longest = longestSegment }: JoinOptions,
): Joined {
  const spokenBy = new Map<Spoken, Spoken>();
  const heard = windows.flatMap(({ spoken, ...window }): HeardWindow[] => {
    if (spoken === null) return [];
    // Windows of one answer stay windows of one.
    const kept = spokenBy.get(spoken) ?? (hasSpeakers ? spoken : withoutSpeakers(spoken));
    spokenBy.set(spoken, kept);
    return [{ isClipped: false, ...window, spoken: kept }];
  });
  const parts = partsOf(heard, people);
  const words = joinWords(heard, parts, longest);
  return {
    spoken: { ...words, ...joinRest(heard) },
    warnings: [...joinWarnings(parts), ...uncertaintyWarnings(words.segments)],
    unsettled: parts.flatMap(({ seam }) => (seam?.kind === "disagreed" ? [{ at: seam.at }] : [])),
  };
}

function withoutSpeakers(spoken: Spoken): Spoken {
  const segments = spoken.segments.map((segment) => ({
    ...segment,
    speaker: null,
    words: segment.words?.map((word) => ({ ...word, speaker: null })) ?? null,
  }));
  return { ...spoken, segments, speakers: [] };
}

function joinWords(
  windows: readonly HeardWindow[],
  parts: readonly Part[],
  longest: Seconds,
): Pick<Spoken, "text" | "segments" | "speakers"> {
  if (windows.every(({ spoken }) => isPlain(spoken))) return { ...joinPlain(parts), speakers: [] };
  const speakers = new SpeakerNumbers();
  const pieces = parts.map((part) => keptPieces(part.segments, { ...part, floor: part.seam?.floor ?? null }));
  const segments = numbered(inOrder(joinSegments(pieces, longest)), speakers);
  return { text: segments.map(({ text }) => text).join(" "), segments, speakers: speakers.all };
}

/** In order, their speakers numbered by first appearance. */
function numbered(segments: readonly Segment[], speakers: SpeakerNumbers): Segment[] {
  return segments.map((segment, id) => ({
    ...segment,
    id,
    speaker: speakers.idOf(segment.speaker),
    words: segment.words?.map((word) => ({ ...word, speaker: speakers.idOf(word.speaker) })) ?? null,
  }));
}
