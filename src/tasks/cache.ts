import { Failure } from "../failure.ts";
import { createCache, deleteCache } from "../gemini/caches.ts";
import type { Client } from "../gemini/client.ts";
import type { GeneralRequest, Part } from "../gemini/model.ts";
import { forgetUpload, noteUpload } from "../journal/uploads.ts";
import { type Cacheable, type Caching, planCaching } from "../plan/caching.ts";
import { formatDuration } from "../plan/duration.ts";
import { hasVideo, type Plan } from "../plan/plan.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import type { Deliver } from "./deliver.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";

/** How recordings are to be cached. */
export interface CacheWish {
  readonly lifetime: Seconds;
  /** How often they are asked about; null where nobody knows. */
  readonly questions: number | null;
}

interface Caches {
  readonly prepared: Prepared;
  /** Null where nothing is to be cached. */
  readonly wish: CacheWish | null;
  readonly deliver: Deliver;
}

/**
 * Gives `use` a way to have the recordings as they stand in a cache of the service, if one is wanted and pays; else
 * the one to deliver them.
 * The cache is deleted when `use` ends, however it ends. One that cannot be made is gone without.
 */
export async function withCache<T>(
  world: World,
  { prepared, wish, deliver }: Caches,
  progress: Progress,
  use: (deliver: Deliver) => Promise<T>,
): Promise<T> {
  const [first] = prepared.requests;
  if (wish === null || first === undefined) return use(deliver);
  const caching = planCaching(cacheableOf(first.plan, wish), world.now());
  if (caching.kind === "no") {
    progress.detail(`not cached: ${caching.reason}`);
    return use(deliver);
  }
  const recordings = await deliver();
  const request = first.question.compose(recordings);
  if (request.kind !== "general") return use(deliver);
  progress.step("caching the recordings");
  const name = await makeCache(world, { client: prepared.client, request, ...wish }, progress);
  if (name === null) return use(deliver);
  prepared.extraCosts.push(caching.costUsd);
  progress.detail(toldOf(caching, wish.lifetime));
  const cached = recordings.map((recording): Part => ({ kind: "cached", name, recording }));
  try {
    return await use(async () => cached);
  } finally {
    await dropCache(world, prepared.client, { name, progress });
  }
}

function cacheableOf({ model, audios, duration }: Plan, wish: CacheWish): Cacheable {
  const tokens = hasVideo(audios) ? null : Math.ceil(duration * model.tokensPerSecond);
  return { ...wish, model, tokens };
}

interface Making extends CacheWish {
  readonly client: Client;
  readonly request: GeneralRequest;
}

/** A cache that is remembered as soon as it has a name; null where none can be had. */
async function makeCache(
  world: World,
  { client, request, lifetime }: Making,
  progress: Progress,
): Promise<string | null> {
  const { model, system, parts } = request;
  const last = parts.findLastIndex(({ kind }) => kind !== "text");
  try {
    const cached = { model, system, parts: parts.slice(0, last + 1), lifetime };
    const { name } = await createCache(client, cached, world.signal);
    const { baseUrl, owner } = client;
    const { processId, host } = world.identity;
    const createdMs = world.now();
    await noteUpload(world, {
      ...{ name, baseUrl, owner, createdMs, processId, host },
      ...{ sizeBytes: 0, keptDigest: null },
    });
    return name;
  } catch (thrown) {
    world.signal.throwIfAborted();
    if (!(thrown instanceof Failure)) throw thrown;
    progress.warn(`the recordings are asked about without a cache: ${thrown.message}`);
    return null;
  }
}

function toldOf({ from, savedUsd, costUsd }: Extract<Caching, { kind: "pays" }>, lifetime: Seconds): string {
  const saving = savedUsd === null ? `pays from ${from} questions on` : `saves about $${savedUsd}`;
  return `cached for ${formatDuration(lifetime)}: costs about $${costUsd}, ${saving}`;
}

interface Dropped {
  readonly name: string;
  readonly progress: Progress;
}

async function dropCache(world: World, client: Client, { name, progress }: Dropped): Promise<void> {
  try {
    await deleteCache(client, name);
    await forgetUpload(world, name);
  } catch (thrown) {
    const reason = thrown instanceof Failure ? thrown.message : String(thrown);
    progress.warn(
      `${name} is still on the service; the next run deletes it, or the service when its time is over: ${reason}`,
    );
  }
}
