import { jointMargin } from "../plan/windows.ts";
import { join } from "../transcript/join/join.ts";
import type { World } from "../world.ts";
import type { HeardWindow } from "./heard.ts";
import type { Hearing, PartQuestion } from "./part.ts";
import { type About, questionAbout, withoutSummary } from "./part-question.ts";

/** Neighbours that were heard by themselves, and share a stretch of the recording. */
export interface Joint {
  readonly before: HeardWindow;
  readonly after: HeardWindow;
}

/**
 * The question about a joint at which the neighbours do not agree; null where they do, where there is nothing to
 * agree on, or no more may be asked.
 */
export async function questionAboutJoint(
  world: World,
  hearing: Hearing,
  { before, after, of }: Joint & { readonly of: About },
): Promise<PartQuestion | null> {
  if (!isWhole(before) || !isWhole(after) || areJoined([before, after], hearing)) return null;
  const { whole } = of;
  const range = {
    start: Math.max(whole.range.start, after.start / 1_000 - jointMargin),
    end: Math.min(whole.range.end, before.end / 1_000 + jointMargin),
  };
  const question = await questionAbout(world, hearing, { ...withoutSummary(of), range });
  const { allowance, prepared } = hearing;
  const isGranted = allowance.take(range.end - range.start) && prepared.payAgain(question.request.plan);
  return isGranted ? { ...question, isConfirming: true, watched: null } : null;
}

function isWhole({ spoken, failure }: HeardWindow): boolean {
  return spoken !== null && failure === null;
}

/** Whether each of some windows agrees with the next. */
export function areJoined(windows: readonly HeardWindow[], { wanted }: Pick<Hearing, "wanted">): boolean {
  return join(windows, { hasSpeakers: wanted.diarize }).unsettled.length === 0;
}
