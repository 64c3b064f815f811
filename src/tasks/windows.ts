import type { Preparing, TranscribeInvocation } from "../invocation.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { isDetailed, type Routing } from "../plan/route.ts";
import { defaultOverlap, windowLength, windowsOf } from "../plan/windows.ts";
import type { World } from "../world.ts";
import { notLocal } from "./inputs.ts";
import { planSendable } from "./sendable.ts";

/** A recording, or a channel of it, and the windows of it that are asked about: one, if that is all of it. */
export interface WindowedAudio {
  readonly audio: PlannedAudio;
  readonly windows: readonly PlannedAudio[];
}

/**
 * Cuts what one request should not carry into windows. What is on the service cannot be cut; a summary is of the
 * whole.
 */
export function planWindows(
  world: Pick<World, "programs">,
  audios: readonly PlannedAudio[],
  { invocation, routing }: { readonly invocation: TranscribeInvocation; readonly routing: Routing },
): Promise<WindowedAudio[]> {
  const { asking, chunk, overlap, summary } = invocation;
  const length = chunk ?? windowLength(routing.choice.model, isDetailed(invocation));
  return Promise.all(
    audios.map(async (audio): Promise<WindowedAudio> => {
      if (audio.kind === "video" && chunk !== null) throw notLocal(audio, "--chunk cuts a local file");
      if (audio.kind !== "local" || (summary && chunk === null)) return { audio, windows: [audio] };
      const ranges = windowsOf(audio.range, { length, overlap: overlap ?? defaultOverlap });
      if (ranges.length === 1) return { audio, windows: [audio] };
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
