import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Client } from "./client.ts";
import { allPages, type Page } from "./pages.ts";
import { patiently } from "./request.ts";

/** A model that the service offers to the key. */
export interface RemoteModel {
  /** Without `models/`. */
  readonly name: string;
  readonly displayName: string | null;
  /** What a prompt and an answer may hold, in tokens; null where the service does not tell. */
  readonly inputTokenLimit: number | null;
  readonly outputTokenLimit: number | null;
  /** What can be asked of it, in the service's words: `generateContent` and others. */
  readonly methods: readonly string[];
}

/** The most that a page may hold [doc]. */
const pageSize = 1_000;

/**
 * All models that the service offers to the key, of every page, in the service's order.
 * Errors: Failure of the kind that the service's refusal means; `service` for a list that makes no sense; the
 * signal's reason when the run is stopped.
 */
export function listModels(client: Client, signal: AbortSignal): Promise<readonly RemoteModel[]> {
  return allPages((token) => listPage(client, token, signal));
}

function listPage(client: Client, token: string, signal: AbortSignal): Promise<Page<RemoteModel>> {
  return patiently(client, { signal, operation: "listing models" }, async (abortSignal) => {
    const pageToken = token === "" ? {} : { pageToken: token };
    const pager = await client.sdk.models.list({ config: { pageSize, abortSignal, ...pageToken } });
    return { items: pager.page.map(readRemoteModel), next: pager.params.config?.pageToken ?? "" };
  });
}

const modelSchema = z.object({
  name: z.string().min(1),
  displayName: z.string().nullish(),
  inputTokenLimit: z.number().nullish(),
  outputTokenLimit: z.number().nullish(),
  // The SDK's name for what the service calls supportedGenerationMethods [types].
  supportedActions: z.array(z.string()).nullish(),
});

function readRemoteModel(described: unknown): RemoteModel {
  const parsed = modelSchema.safeParse(described);
  if (!parsed.success) {
    throw new Failure("service", "the service described a model in a form that makes no sense", {
      hint: "check GOOGLE_GEMINI_BASE_URL if it is set; else run the command again",
    });
  }
  const { name, displayName, inputTokenLimit, outputTokenLimit, supportedActions } = parsed.data;
  return {
    name: name.replace(/^models\//, ""),
    displayName: displayName ?? null,
    inputTokenLimit: inputTokenLimit ?? null,
    outputTokenLimit: outputTokenLimit ?? null,
    methods: supportedActions ?? [],
  };
}
