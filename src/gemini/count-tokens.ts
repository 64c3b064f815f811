import { Failure } from "../failure.ts";
import type { Client } from "./client.ts";
import { firstContent } from "./generate.ts";
import { fetchWithAudio } from "./inline.ts";
import type { Part } from "./model.ts";
import { patiently } from "./request.ts";

interface Counted {
  readonly model: string;
  readonly parts: readonly Part[];
}

/**
 * Asks the service how many tokens a prompt has for a model. That is free [doc].
 * Errors: Failure of the kind that the service's refusal means; `service` for an answer that tells no number.
 */
export async function countTokens(
  client: Client,
  { model, parts }: Counted,
  signal: AbortSignal,
): Promise<number> {
  const httpOptions = { fetch: fetchWithAudio(client.fetch, parts) };
  const { totalTokens } = await patiently(client, { signal, operation: "counting tokens" }, (abortSignal) =>
    client.sdk.models.countTokens({
      model,
      contents: [firstContent(parts)],
      config: { abortSignal, httpOptions },
    }),
  );
  if (totalTokens !== undefined) return totalTokens;
  throw new Failure("service", "counting tokens: the service told no number", {
    hint: "run the command again; check GOOGLE_GEMINI_BASE_URL if it is set",
  });
}
