import { Failure } from "../failure.ts";
import { askModel } from "../gemini/ask-model.ts";
import { isGoneCache } from "../gemini/caches.ts";
import type { Part } from "../gemini/model.ts";
import { chooseDelivery } from "../plan/delivery.ts";
import { hasVideo } from "../plan/plan.ts";
import { namesOf, type PlannedAudio } from "../plan/planned-audio.ts";
import { type Collected, collect, type Following } from "../transcript/collect.ts";
import type { World } from "../world.ts";
import { type CacheWish, withCache } from "./cache.ts";
import { type Deliver, withDelivery } from "./deliver.ts";
import type { Prepared, Request } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import { textOf } from "./question.ts";
import type { ReadyAudio } from "./ready.ts";

interface Put extends Request {
  readonly prepared: Prepared;
  /** Makes the files that are sent of the question's recordings. */
  readonly make: () => Promise<readonly ReadyAudio[]>;
}

/** Puts a question and follows the answer to its end: each time anew, about recordings that are delivered once. */
export type Ask = (following?: Following) => Promise<Collected>;

/**
 * Gives `use` a way to put a question. The recordings are made ready and delivered when it is first put.
 * Errors: Failure `limit` when a file turned out too large; `key`, `service`, `input` and others of the service.
 */
export function ask<T>(
  world: World,
  { make, ...asked }: Put,
  progress: Progress,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const { prepared, question, plan } = asked;
  const delivering = { prepared, audios: plan.audios, prompt: textOf(question), make, cache: null };
  return withRecordings(world, delivering, progress, (deliver) =>
    use(putter(world, { ...asked, deliver }, progress)),
  );
}

interface Delivering {
  readonly prepared: Prepared;
  readonly audios: readonly PlannedAudio[];
  /** The longest text that goes with them. */
  readonly prompt: string;
  /** Makes the files that are sent. */
  readonly make: () => Promise<readonly ReadyAudio[]>;
  /** Null where nothing is to be cached. */
  readonly cache: CacheWish | null;
}

/**
 * Gives `use` a way to deliver recordings, once for all questions about them.
 * Errors: as `ask`.
 */
export async function withRecordings<T>(
  world: World,
  { prepared, audios, prompt, make, cache: wish }: Delivering,
  progress: Progress,
  use: (deliver: Deliver) => Promise<T>,
): Promise<T> {
  const { client, asking } = prepared;
  const { delivery, keepUpload } = asking;
  const deliverable = async () => {
    const ready = await make();
    const pieces = ready.filter((one) => one.kind === "piece");
    const how = chooseDelivery({
      audios: pieces.map(({ audio }) => audio),
      sizes: pieces.map(({ piece }) => piece.sizeBytes),
      delivery,
      prompt,
    });
    return { ready, how };
  };
  try {
    return await withDelivery(world, { client, keepUpload, progress, make: deliverable }, (deliver) =>
      aboutRecordings(audios, () => withCache(world, { prepared, wish, deliver }, progress, use)),
    );
  } finally {
    await prepared.cleaned;
  }
}

interface Putting extends Request {
  readonly prepared: Prepared;
  readonly deliver: Deliver;
}

/** A way to put a question about recordings. */
export function putter(
  world: Pick<World, "signal">,
  { prepared: { client, asking }, question, plan, deliver }: Putting,
  progress: Progress,
): Ask {
  const { api } = asking;
  return async (following) => {
    const recordings = await deliver();
    progress.step(`asking ${plan.model.name}`);
    const put = (parts: readonly Part[]) =>
      collect(askModel(client, { api, request: question.compose(parts) }, world.signal), following);
    try {
      return await put(recordings);
    } catch (thrown) {
      // It may be gone before the last question: then the recordings are asked about as they were delivered.
      if (!isGoneCache(thrown)) throw thrown;
      progress.detail("the cache is gone: asking without it");
      return put(recordings.map((part) => (part.kind === "cached" ? part.recording : part)));
    }
  };
}

/** What goes wrong while a model is asked is told of the recordings it was asked about. */
async function aboutRecordings<T>(audios: readonly PlannedAudio[], use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind === "output") throw thrown;
    throw (hasVideo(audios) ? orHidden(thrown) : thrown).about(namesOf(audios));
  }
}

/** A video that is not public is refused as if the key were at fault [report]. */
function orHidden(failure: Failure): Failure {
  if (failure.kind !== "key" || !/permission/i.test(failure.message)) return failure;
  return new Failure("input", failure.message, {
    hint: "the service hears public videos alone, no private or restricted ones; if this one is public, check the key",
    cause: failure,
  });
}
