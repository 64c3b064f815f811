import { nameOf } from "../audio/source.ts";
import { defaultOverlap } from "../plan/windows.ts";
import { join } from "../transcript/join/join.ts";
import type { People } from "../transcript/join/speakers.ts";
import type { Gap, Spoken } from "../transcript/transcript.ts";
import { withoutTimes } from "../transcript/untimed.ts";
import { toMilliseconds } from "../units.ts";
import { silentAnswer } from "./answer.ts";
import { gapsIn, type Heard } from "./heard.ts";
import type { TranscribeJob } from "./transcribe-job.ts";
import type { WantedTranscript } from "./transcript-question.ts";

/** What was heard of a recording, or a channel, as one. */
interface Joined {
  readonly spoken: Spoken;
  readonly warnings: readonly string[];
  readonly gaps: readonly Gap[];
}

/** Joins what was heard in parts; `people` are who the speakers are, where a line-up told. */
export function joinHeard(
  { windows, gaps }: Heard,
  { wanted, windowed }: TranscribeJob,
  people: People | null = null,
): Joined {
  const left = [...gapsIn(windows), ...gaps];
  const [first, ...others] = windows;
  if (first === undefined) return { spoken: silentAnswer, warnings: [], gaps: left };
  const last = others.at(-1);
  if (last === undefined) return { spoken: first.spoken ?? silentAnswer, warnings: [], gaps: left };
  const { spoken, warnings, unsettled } = join(windows, { hasSpeakers: wanted.diarize, people });
  const name = nameOf(windowed[0]?.audio.path ?? "");
  const half = toMilliseconds((wanted.overlap ?? defaultOverlap) / 2);
  const joints = unsettled.map(({ at }) => ({
    start: Math.max(first.start, at - half),
    end: Math.min(last.end, at + half),
    reason: disagreed,
  }));
  return { spoken, warnings: warnings.map((warning) => `${name}: ${warning}`), gaps: [...left, ...joints] };
}

/** Why nobody knows what is said at a joint. */
const disagreed = "the parts on both sides of it do not agree";

/** What was said, with the times that are wanted. */
export function finish(
  spoken: Spoken,
  { timestamps, isTimed }: WantedTranscript,
  { isJoined }: { readonly isJoined: boolean },
): Spoken {
  return timestamps === "none" && isTimed ? withoutTimes(spoken, { isJoined }) : spoken;
}
