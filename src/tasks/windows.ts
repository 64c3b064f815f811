import type { Preparing, TranscribeInvocation } from "../invocation.ts";
import type { Model } from "../plan/models.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { isDetailed, type Routing } from "../plan/route.ts";
import { defaultOverlap, windowLength, windowsOf } from "../plan/windows.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { notLocal } from "./inputs.ts";
import { moveIntoPauses } from "./pauses.ts";
import { planSendable } from "./sendable.ts";
import type { Workspace } from "./workspace.ts";

/** A recording, or a channel of it, and the windows of it that are asked about: one, if that is all of it. */
export interface WindowedAudio {
  readonly audio: PlannedAudio;
  readonly windows: readonly PlannedAudio[];
}

/** Longer recordings are proven whole by times where that costs nothing. */
const longestBelieved: Seconds = 600;

interface Planning {
  readonly invocation: TranscribeInvocation;
  readonly routing: Routing;
  /** How many names and terms of a vocabulary there are. */
  readonly terms: number;
}

/**
 * Cuts what one request should not carry into windows. What is on the service cannot be cut; a summary is of the
 * whole.
 */
export function planWindows(
  world: World,
  audios: readonly PlannedAudio[],
  { invocation, routing, terms, workspace }: Planning & { readonly workspace: Workspace },
): Promise<WindowedAudio[]> {
  const { asking, chunk, overlap, summary } = invocation;
  const { model } = routing.choice;
  const longest = windowLength(model, isDetailed(invocation));
  const shorter = canTellTimes(model, invocation, terms) ? windowLength(model, true) : longest;
  return Promise.all(
    audios.map(async (audio): Promise<WindowedAudio> => {
      if (audio.kind === "video" && chunk !== null) throw notLocal(audio, "--chunk cuts a local file");
      if (audio.kind !== "local" || (summary && chunk === null)) return { audio, windows: [audio] };
      const isLong = audio.range.end - audio.range.start > longest;
      const length = chunk ?? (isLong ? shorter : longest);
      const limits = { length, overlap: overlap ?? defaultOverlap };
      const even = windowsOf(audio.range, limits);
      if (even.length === 1) return { audio, windows: [audio] };
      // What is only planned is not worth listening to.
      const ranges = asking.dryRun
        ? even
        : await moveIntoPauses(world, audio, { ...limits, ranges: even }, workspace);
      const windows = ranges.map(({ start, end }) => {
        const preparing: Preparing = { ...asking, range: { start, end } };
        return planSendable(world, audio, preparing, audio.channel);
      });
      const [first, ...others] = await Promise.all(windows);
      // What the user should know of the recording is told once.
      return {
        audio,
        windows: first === undefined ? [audio] : [{ ...first, notes: audio.notes }, ...others],
      };
    }),
  );
}

/**
 * Whether times are asked for: where somebody wants them, where parts are to be joined, and where a recording is
 * long and a transcription model tells them for nothing.
 */
export function asksForTimes(
  windowed: readonly WindowedAudio[],
  { invocation, routing, terms }: Planning,
): boolean {
  if (invocation.timestamps !== "none" || invocation.splitChannels) return true;
  const { model } = routing.choice;
  const lengths = windowed.flatMap(({ windows }) => windows.map(({ range }) => range.end - range.start));
  const longest = Math.max(...lengths);
  if (!canTellTimes(model, invocation, terms) || longest > windowLength(model, true)) return false;
  const areParts = windowed.some(({ windows }) => windows.length > 1);
  return areParts || (model.kind === "transcription" && longest > longestBelieved);
}

/** Whether times can be had together with all else that is asked for. */
function canTellTimes({ kind }: Model, { mode }: TranscribeInvocation, terms: number): boolean {
  return kind === "general" || (mode !== "smart" && terms === 0);
}
