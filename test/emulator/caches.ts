import { randomBytes } from "node:crypto";
import type { Heard } from "./hearing/hear.ts";
import type { EmulatedModel } from "./models.ts";
import type { QuestionPart } from "./question.ts";
import { invalid, Refusal } from "./refusal.ts";

/** A part that was heard when it was cached; what becomes of its file afterwards is no matter. */
export interface HeardPart {
  readonly kind: "heard";
  readonly heard: Heard;
}

/** What is to be kept. */
interface Kept {
  readonly model: EmulatedModel;
  /** Of the system instruction, and the contents. */
  readonly parts: readonly QuestionPart[];
  readonly tokens: number;
  readonly lifetimeMs: number;
}

/** What is kept for requests to begin with. */
export interface StoredCache extends Kept {
  /** `cachedContents/<id>`. */
  readonly name: string;
  readonly createdMs: number;
}

/** The explicit caches of generateContent. */
export class CacheStore {
  private readonly caches = new Map<string, StoredCache>();

  /** Errors: Refusal 400 for less than the model caches. */
  add(kept: Kept): StoredCache {
    const { model, tokens } = kept;
    if (model.leastCached === null || tokens < model.leastCached) {
      throw invalid(
        `Cached content is too small. total_token_count=${tokens}, min_total_token_count=${model.leastCached}`,
      );
    }
    const name = `cachedContents/${randomBytes(10).toString("hex")}`;
    const cache = { ...kept, name, createdMs: Date.now() };
    this.caches.set(name, cache);
    return cache;
  }

  /** Errors: Refusal 403 for one that is not there, or whose time is over [report]. */
  get(name: string): StoredCache {
    const cache = this.caches.get(name);
    if (cache === undefined || isOver(cache)) throw noSuchCache();
    return cache;
  }

  /** What requests to a model begin with. Errors: as for `get`; Refusal 400 for another model's [report]. */
  for(name: string, model: EmulatedModel): StoredCache {
    const cache = this.get(name);
    if (cache.model.name === model.name) return cache;
    throw invalid(
      `Model used by GenerateContent request (models/${model.name}) and CachedContent (models/${cache.model.name}) has to be the same.`,
    );
  }

  /** Errors: as for `get`. */
  delete(name: string): void {
    this.caches.delete(this.get(name).name);
  }

  /** Those that nobody has deleted, and whose time is not over. */
  names(): string[] {
    return [...this.caches.values()].filter((cache) => !isOver(cache)).map(({ name }) => name);
  }
}

function isOver({ createdMs, lifetimeMs }: StoredCache): boolean {
  return Date.now() >= createdMs + lifetimeMs;
}

const noSuchCache = () =>
  new Refusal(403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)");

/** A cache as the service describes it. */
export function describeCache({ name, model, tokens, createdMs, lifetimeMs }: StoredCache): object {
  const created = new Date(createdMs).toISOString();
  return {
    name,
    model: `models/${model.name}`,
    createTime: created,
    updateTime: created,
    expireTime: new Date(createdMs + lifetimeMs).toISOString(),
    usageMetadata: { totalTokenCount: tokens },
  };
}
