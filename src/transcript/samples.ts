import type { Milliseconds } from "../units.ts";
import type { Speaker, Spoken } from "./transcript.ts";

/** A stretch of a recording. */
interface Span {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** Where a speaker can be listened to. */
export interface Sample {
  readonly speaker: Speaker;
  /** Null when nobody else is silent for long enough while they speak. */
  readonly span: Span | null;
}

/** Eight seconds are enough to know a voice by; with less than four, words are not cut for it. */
const longestSample: Milliseconds = 8_000;
const longEnough: Milliseconds = 4_000;
/** Nobody is known by less. */
const shortest: Milliseconds = 1_000;

/** Who pauses for longer begins anew. */
const longestPause: Milliseconds = 1_000;

/**
 * Of each speaker of a transcript, in their order, the longest stretch that is theirs alone, as far as its times
 * tell; of one that is longer than eight seconds, so much from its middle, which is farthest from who speaks before
 * and after. Where it is not certain who speaks, nobody is listened to who speaks for certain elsewhere.
 */
export function samplesOf({ segments, speakers }: Pick<Spoken, "segments" | "speakers">): Sample[] {
  const certain = segments.map((segment) =>
    segment.isUncertain === true ? { ...segment, speaker: null, words: null } : segment,
  );
  const [best, likely] = [longestOf(certain), longestOf(segments)];
  const all = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  return [...all.values()].map((speaker) => {
    const stretch = best.get(speaker.id) ?? likely.get(speaker.id);
    return { speaker, span: stretch === undefined ? null : middleOf(stretch) };
  });
}

/** The longest stretch of each speaker. */
function longestOf(segments: Spoken["segments"]): ReadonlyMap<string, Stretch> {
  const longest = new Map<string, Stretch>();
  for (const stretch of stretchesOf(spansOf(segments))) {
    const { speaker } = stretch;
    if (speaker === null || lengthOf(stretch) < shortest) continue;
    const other = longest.get(speaker);
    if (other === undefined || lengthOf(stretch) > lengthOf(other)) longest.set(speaker, stretch);
  }
  return longest;
}

interface SpokenSpan extends Span {
  /** Null for somebody who is not known. */
  readonly speaker: string | null;
}

/** What has times, in the order in which it begins: words where a segment has them, else the segment. */
function spansOf(segments: Spoken["segments"]): SpokenSpan[] {
  return segments
    .flatMap((segment) => {
      const words = (segment.words ?? [])
        .map((word) => ({ ...word, speaker: word.speaker ?? segment.speaker }))
        .flatMap(timed);
      return words.length > 0 ? words : timed(segment);
    })
    .toSorted((a, b) => a.start - b.start);
}

interface MaybeTimed {
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
  readonly speaker: string | null;
}

function timed({ start, end, speaker }: MaybeTimed): SpokenSpan[] {
  return start === null || end === null ? [] : [{ start, end, speaker }];
}

/** What one speaker says while nobody else does. */
interface Stretch extends SpokenSpan {
  readonly parts: readonly Span[];
}

function lengthOf({ start, end }: Span): Milliseconds {
  return end - start;
}

/** Parts speech where another begins or a pause is, and leaves out what overlaps with another's. */
function stretchesOf(spans: readonly SpokenSpan[]): Stretch[] {
  const stretches: { speaker: string | null; start: number; end: number; parts: Span[] }[] = [];
  const ends = new LatestEnds();
  for (const { speaker, start, end } of spans) {
    const last = stretches.at(-1);
    if (last?.speaker === speaker && start - last.end <= longestPause) {
      last.end = Math.max(last.end, end);
      last.parts.push({ start, end });
    } else {
      if (last !== undefined && last.speaker !== speaker) last.end = Math.min(last.end, start);
      stretches.push({
        speaker,
        start: Math.max(start, ends.ofOthers(speaker)),
        end,
        parts: [{ start, end }],
      });
    }
    ends.add(speaker, end);
  }
  return stretches;
}

/** The latest end of all speech so far, and of all that is somebody else's. */
class LatestEnds {
  private latest: { readonly speaker: string | null; readonly end: Milliseconds } | null = null;
  private nextOther: Milliseconds = 0;

  add(speaker: string | null, end: Milliseconds): void {
    const { latest } = this;
    if (latest?.speaker === speaker) this.latest = { speaker, end: Math.max(latest.end, end) };
    else if (latest === null || end > latest.end) {
      this.nextOther = latest?.end ?? 0;
      this.latest = { speaker, end };
    } else this.nextOther = Math.max(this.nextOther, end);
  }

  ofOthers(speaker: string | null): Milliseconds {
    if (this.latest === null) return 0;
    return this.latest.speaker === speaker ? this.nextOther : this.latest.end;
  }
}

/** Begins and ends where a word or a segment does, as long as the sample stays long enough. */
function middleOf(stretch: Stretch): Span {
  const spare = lengthOf(stretch) - longestSample;
  if (spare <= 0) return { start: stretch.start, end: stretch.end };
  const middle = stretch.start + spare / 2;
  const begun = stretch.parts.findLast(({ start }) => start >= stretch.start && start <= middle);
  // In the middle of one long segment there is no better place than another.
  const start =
    begun === undefined || middle - begun.start > longestSample ? Math.round(middle) : begun.start;
  const limit = Math.min(stretch.end, start + longestSample);
  const ended = stretch.parts.findLast(({ end }) => end <= limit && end >= start + longEnough);
  return { start, end: ended?.end ?? limit };
}
