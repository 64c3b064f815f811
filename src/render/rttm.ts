import type { Segment, Transcript } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";

/** A stretch in which somebody speaks. */
interface Turn {
  readonly speaker: string;
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/**
 * Who spoke when, as NIST's RTTM (RT-09 evaluation plan, appendix A): a line for each segment that has times and a
 * speaker. Segments of one speaker that overlap are one turn: rttmValidator.pl takes anything else for an error.
 */
export function renderRttm({ segments, source }: Transcript): string {
  const uri = recordingUri(source.path);
  return withoutOverlaps(segments.flatMap(turnOf))
    .map(({ speaker, start, end }) => {
      const times = `${fixedSeconds(start)} ${fixedSeconds(end - start)}`;
      return `SPEAKER ${uri} 1 ${times} <NA> <NA> ${speaker} <NA> <NA>`;
    })
    .join("\n");
}

/** NIST's own tools skip a turn without length, others refuse the whole file (dscore, scorelib/turn.py). */
const shortestTurnMs = 1;

function turnOf({ speaker, start, end }: Segment): Turn[] {
  if (speaker === null || start === null || end === null) return [];
  return [{ speaker: field(speaker), start, end: Math.max(end, start + shortestTurnMs) }];
}

/** In order of their starts. */
function withoutOverlaps(turns: readonly Turn[]): readonly Turn[] {
  const united: Turn[] = [];
  /** Where the last turn of each speaker is. */
  const latest = new Map<string, number>();
  for (const turn of turns.toSorted((a, b) => a.start - b.start)) {
    const index = latest.get(turn.speaker) ?? -1;
    const before = united[index];
    if (before !== undefined && turn.start < before.end) {
      united[index] = { ...before, end: Math.max(before.end, turn.end) };
      continue;
    }
    latest.set(turn.speaker, united.length);
    united.push(turn);
  }
  return united;
}

/** How NIST's formats name a recording: by its file's name without folder and extension. */
export function recordingUri(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? "";
  return field(name.replace(/(?<=.)\.[^.]*$/s, ""));
}

/** Text as one field of a line in which spaces part the fields. */
export function field(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, "_") || "_";
}

/** Seconds with three decimals. */
export function fixedSeconds(time: Milliseconds): string {
  return (time / 1_000).toFixed(3);
}
