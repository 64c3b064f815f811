import { formatDuration } from "../plan/duration.ts";
import type { PartsProgress, PartsWork } from "../tasks/progress.ts";
import type { TellingManner } from "./transfer.ts";

/** Without a terminal, no more than one line is printed in so long, but for the last. */
const lineMs = 5_000;

interface Counts {
  readonly parts: number;
  readonly audio: number;
}

/**
 * Follows the parts of a recording in one line: `3 of 12 parts, 1:15:00 of 5:00:00, 62x real time, about 2:10 left`.
 * Rate and time left are those of what is asked: what took no asking says nothing of how fast it goes. Of one part
 * alone nothing is told.
 */
export function followParts({ now, show, isLive }: TellingManner, work: PartsWork): PartsProgress {
  const started = now();
  const { jobs } = work;
  let all: Counts = work;
  let asked = nothing;
  let skipped = nothing;
  let told = Number.NEGATIVE_INFINITY;
  const tell = () => {
    const isLast = asked.parts + skipped.parts >= all.parts;
    if (all.parts < 2 || !(isLive || isLast || now() - told >= lineMs)) return;
    told = now();
    show(lineOf({ jobs, all, asked, skipped, elapsedMs: told - started }));
  };
  tell();
  return {
    done: (audio) => {
      asked = add(asked, { parts: 1, audio });
      tell();
    },
    skipped: (audio) => {
      skipped = add(skipped, { parts: 1, audio });
      tell();
    },
    added: (more) => {
      all = add(all, more);
      tell();
    },
  };
}

const nothing: Counts = { parts: 0, audio: 0 };

function add(one: Counts, other: Counts): Counts {
  return { parts: one.parts + other.parts, audio: one.audio + other.audio };
}

interface State {
  readonly jobs: number;
  readonly all: Counts;
  readonly asked: Counts;
  readonly skipped: Counts;
  readonly elapsedMs: number;
}

function lineOf(state: State): string {
  const { all, asked, skipped, elapsedMs } = state;
  const { parts, audio } = add(asked, skipped);
  const amount = `${parts} of ${all.parts} parts, ${formatDuration(audio)} of ${formatDuration(all.audio)}`;
  if (asked.parts === 0 || elapsedMs === 0) return amount;
  const rate = (asked.audio * 1_000) / elapsedMs;
  const left = secondsLeft(state);
  const ending = left < 1 ? "" : `, about ${shortDuration(left)} left`;
  return `${amount}, ${rate.toFixed(rate < 10 ? 1 : 0)}x real time${ending}`;
}

/**
 * Parts are about equally long, and go in rounds of as many as are asked about at once: the first of eight that is
 * done tells that the seven others soon will be, not that seven times as much is left.
 */
function secondsLeft({ jobs, all, asked, skipped, elapsedMs }: State): number {
  const rounds = Math.ceil((all.parts - skipped.parts) / jobs);
  const round = Math.ceil(asked.parts / jobs);
  return (elapsedMs / 1_000) * (rounds / round - 1);
}

/** `2:10`, with hours only where there are some. */
function shortDuration(duration: number): string {
  return formatDuration(duration).replace(/^0:0?/, "");
}
