import type { Spoken } from "../transcript.ts";
import type { Agreed } from "./seam.ts";
import type { Token } from "./seam-tokens.ts";

/** Which speaker of the whole recording each label of one window means. */
export type Labels = ReadonlyMap<string, string>;

/** Who speaks in a recording that was answered in parts, as far as others than the joints tell. */
export interface People {
  /** Which person each label of an answer is. */
  readonly labels: ReadonlyMap<Spoken, Labels>;
  /** The labels of which that is not certain. */
  readonly uncertain: ReadonlyMap<Spoken, ReadonlySet<string>>;
}

interface Neighbours {
  readonly agreed: readonly Agreed[];
  /** Whose labels they are: windows of one answer share them. */
  readonly answer: object;
}

/** Matches the labels of windows, of which each answer numbers its speakers anew. */
export class SpeakerLabels {
  private count = 0;
  private before: Labels = new Map();
  private readonly known = new Map<object, Labels>();

  /**
   * Gives the labels of the next window their speakers: those with whom the window before agrees in most of
   * the words that the label says in the overlap. Others are new ones; `isSettled` is false when one of them
   * may be somebody who spoke before.
   */
  add(
    tokens: readonly Token[],
    { agreed, answer }: Neighbours,
  ): { readonly labels: Labels; readonly isSettled: boolean } {
    const labels = matched(agreed, { before: this.before, known: this.known.get(answer) ?? new Map() });
    const earlier = this.count;
    const isKnown = labels.size;
    for (const { speaker } of tokens) {
      if (speaker === null || labels.has(speaker)) continue;
      labels.set(speaker, String(this.count));
      this.count += 1;
    }
    this.before = labels;
    this.known.set(answer, labels);
    return { labels, isSettled: this.count === earlier || isKnown === earlier };
  }
}

interface Known {
  /** The labels of the window before. */
  readonly before: Labels;
  /** Those of the answer itself that are known already. */
  readonly known: Labels;
}

/** The labels that are known, or that the overlap settles; no two of them are the same speaker. */
function matched(agreed: readonly Agreed[], { before, known }: Known): Map<string, string> {
  const votes = votesOf(agreed, before).filter(({ label }) => !known.has(label));
  const labels = new Map(known);
  const taken = new Set(known.values());
  for (const { label, speaker, count } of votes.toSorted((a, b) => b.count - a.count)) {
    const all = votes.reduce((sum, vote) => sum + (vote.label === label ? vote.count : 0), 0);
    if (count * 2 <= all || taken.has(speaker)) continue;
    labels.set(label, speaker);
    taken.add(speaker);
  }
  return labels;
}

interface Vote {
  readonly label: string;
  readonly speaker: string;
  readonly count: number;
}

function votesOf(agreed: readonly Agreed[], before: Labels): Vote[] {
  const votes = new Map<string, Vote>();
  for (const { left, right } of agreed) {
    const speaker = left.speaker === null ? undefined : before.get(left.speaker);
    if (speaker === undefined || right.speaker === null) continue;
    const key = `${right.speaker}\n${speaker}`;
    votes.set(key, { label: right.speaker, speaker, count: (votes.get(key)?.count ?? 0) + 1 });
  }
  return [...votes.values()];
}
