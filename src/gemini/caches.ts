import { Failure } from "../failure.ts";
import type { Seconds } from "../units.ts";
import type { Client } from "./client.ts";
import { firstContent } from "./generate.ts";
import { fetchWithAudio } from "./inline.ts";
import type { GeneralRequest, Part } from "./model.ts";
import { patiently } from "./request.ts";

/** What is kept on the service for several requests. */
export interface RemoteCache {
  /** `cachedContents/<id>`. */
  readonly name: string;
  /** Null where the service does not tell. */
  readonly tokens: number | null;
}

interface Cached extends Pick<GeneralRequest, "model" | "system"> {
  /** What the requests begin with. */
  readonly parts: readonly Part[];
  readonly lifetime: Seconds;
}

/** How long a delete may take: after Ctrl-C, a run has two seconds in all. */
const deleteLimitMs = 1_200;

/**
 * Keeps what requests of generateContent begin with on the service, with their system instruction.
 * Errors: Failure of the kind that the service's refusal means.
 */
export async function createCache(client: Client, cached: Cached, signal: AbortSignal): Promise<RemoteCache> {
  const { model, system, parts, lifetime } = cached;
  const made = await patiently(client, { signal, operation: "caching" }, (abortSignal) =>
    client.sdk.caches.create({
      model,
      config: {
        contents: [firstContent(parts)],
        ...(system === null ? {} : { systemInstruction: system }),
        ttl: `${lifetime}s`,
        abortSignal,
        httpOptions: { fetch: fetchWithAudio(client.fetch, parts) },
      },
    }),
  );
  const { name, usageMetadata } = made;
  if (name !== undefined && isCacheName(name))
    return { name, tokens: usageMetadata?.totalTokenCount ?? null };
  throw new Failure("service", "caching: the service gave the cache no name", {
    hint: "run the command again, or leave out --cache",
  });
}

/** Deletes a cache, within bounds and even after the run was stopped. One that is gone is as good as deleted. */
export async function deleteCache(client: Client, name: string): Promise<void> {
  try {
    await client.sdk.caches.delete({ name, config: { abortSignal: AbortSignal.timeout(deleteLimitMs) } });
  } catch (thrown) {
    const failure = client.failureOf(thrown, "deleting the cache");
    if (!isGoneCache(failure)) throw failure;
  }
}

/** Whether it failed because a cache is not there any more, in the service's words [report]. */
export function isGoneCache(thrown: unknown): boolean {
  return thrown instanceof Failure && /\bCachedContent not found\b/i.test(thrown.message);
}

/** Whether a text is `cachedContents/<id>`, as caches are named. */
export function isCacheName(text: string): boolean {
  return /^cachedContents\/[a-z0-9-]{1,64}$/.test(text);
}
