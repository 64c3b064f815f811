import type {
  Content,
  GenerateContentConfig,
  GenerateContentResponse,
  Part as SdkPart,
  ThinkingConfig,
} from "@google/genai/web";
import { Failure } from "../failure.ts";
import type { Thinking } from "../plan/models.ts";
import type { Usage } from "../plan/usage.ts";
import type { Client } from "./client.ts";
import { audioName, fetchWithAudio } from "./inline.ts";
import type { EndReason, ModelEvent, ModelRequest, Part } from "./model.ts";
import { triedOften } from "./retry.ts";
import { watchSilence } from "./silence.ts";

/**
 * Asks a model with generateContent, streaming, and tells what happens. What fails before an answer
 * began, or breaks off in the middle of one, is asked again; one that breaks off for good ends as `cut`.
 * Errors: Failure of the kind that the service's refusal means, when no answer began;
 * the signal's reason when the run is stopped.
 */
export async function* generate(
  client: Client,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const { patience } = client;
  // What has come of an answer is not given up when no other comes.
  let hasAnswered = false;
  for (let tries = 0; ; tries += 1) {
    await patience.ready();
    const ended = yield* generateOnce(client, request, signal);
    if (ended.kind === "ended" && ended.reason.kind !== "cut") {
      yield { kind: "end", reason: ended.reason };
      return;
    }
    const failure = ended.kind === "failed" ? ended.failure : brokenOff(ended.reason);
    if (!failure.retryable || tries >= patience.retries) {
      const told = failure.retryable ? triedOften(failure, tries) : failure;
      if (ended.kind === "failed" && !hasAnswered) throw told;
      yield { kind: "end", reason: { kind: "cut", failure: told } };
      return;
    }
    await patience.backOff(tries, failure);
    if (ended.kind === "ended") {
      hasAnswered = true;
      yield { kind: "restart" };
    }
  }
}

/** How one attempt ended: before an answer began, or after. */
type Attempted =
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "ended"; readonly reason: EndReason };

async function* generateOnce(
  client: Client,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, Attempted> {
  const watch = watchSilence(signal, client.timeoutMs);
  let hasBegun = false;
  let end: EndReason | null = null;
  try {
    const stream = await client.sdk.models.generateContentStream({
      model: request.model,
      contents: contentsOf(request),
      config: {
        ...(await configOf(request)),
        abortSignal: watch.signal,
        httpOptions: { fetch: fetchWithAudio(client.fetch, request.parts) },
      },
    });
    for await (const chunk of stream) {
      hasBegun = true;
      end ??= endOf(chunk);
      // While the text is written, nobody listens: a slow reader is not the service's silence.
      watch.pause();
      yield* readChunk(chunk);
      watch.listen();
    }
    return { kind: "ended", reason: end ?? { kind: "cut", failure: null } };
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = client.failureOf(watch.reasonOf(thrown), "asking the model");
    return hasBegun
      ? { kind: "ended", reason: end ?? { kind: "cut", failure } }
      : { kind: "failed", failure };
  } finally {
    watch.end();
  }
}

/** Why an answer broke off: a stream that ends without a finish reason ends silently [run]. */
function brokenOff(reason: EndReason): Failure {
  if (reason.kind === "cut" && reason.failure !== null) return reason.failure;
  return new Failure("service", "asking the model: the answer ended without a finish reason", {
    hint: "run the command again",
    retryable: true,
  });
}

function contentsOf(request: ModelRequest): Content[] {
  let audios = 0;
  return [{ role: "user", parts: request.parts.map((part) => toSdkPart(part, () => audioName(audios++))) }];
}

function toSdkPart(part: Part, nextAudio: () => string): SdkPart {
  switch (part.kind) {
    case "text":
      return { text: part.text };
    case "inline":
      return { inlineData: { data: nextAudio(), mimeType: part.mimeType } };
    case "file":
      return { fileData: { fileUri: part.uri, mimeType: part.mimeType } };
  }
}

async function configOf({
  schema,
  thinking,
  system,
  settings,
}: ModelRequest): Promise<GenerateContentConfig> {
  const { maxOutputTokens, temperature, seed } = settings;
  return {
    ...(system === null ? {} : { systemInstruction: system }),
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    ...(temperature === null ? {} : { temperature }),
    ...(seed === null ? {} : { seed }),
    ...(schema === null ? {} : { responseMimeType: "application/json", responseJsonSchema: schema }),
    ...(await thinkingOf(thinking)),
  };
}

/** Thinking counts as output and eats the answer's budget: as little of it as the model takes. */
async function thinkingOf(thinking: Thinking): Promise<{ thinkingConfig?: ThinkingConfig }> {
  switch (thinking.kind) {
    case "level": {
      const { ThinkingLevel } = await import("@google/genai/web");
      return { thinkingConfig: { thinkingLevel: ThinkingLevel[thinking.lowest] } };
    }
    case "budget":
      return { thinkingConfig: { thinkingBudget: thinking.lowest } };
    case "default":
      return {};
  }
}

/** The parts are read one by one: the SDK's `.text` warns on stderr about parts that are not text. */
function* readChunk(chunk: GenerateContentResponse): Generator<ModelEvent> {
  for (const part of chunk.candidates?.[0]?.content?.parts ?? []) {
    if (part.text && part.thought !== true) yield { kind: "text", text: part.text };
  }
  if (chunk.usageMetadata !== undefined) yield { kind: "usage", usage: usageOf(chunk.usageMetadata) };
}

function usageOf(counted: NonNullable<GenerateContentResponse["usageMetadata"]>): Usage {
  const audio = counted.promptTokensDetails?.find(({ modality }) => modality === "AUDIO");
  return {
    inputTokens: counted.promptTokenCount ?? null,
    audioTokens: audio?.tokenCount ?? null,
    outputTokens: counted.candidatesTokenCount ?? null,
    thoughtTokens: counted.thoughtsTokenCount ?? null,
    cachedTokens: counted.cachedContentTokenCount ?? null,
    totalTokens: counted.totalTokenCount ?? null,
    requests: 1,
  };
}

const filters: readonly string[] = ["SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"];

function endOf(chunk: GenerateContentResponse): EndReason | null {
  const blocked = chunk.promptFeedback?.blockReason;
  if (blocked !== undefined) return { kind: "blocked", by: blocked };
  const reason = chunk.candidates?.[0]?.finishReason;
  if (reason === undefined) return null;
  if (reason === "STOP") return { kind: "complete" };
  if (reason === "MAX_TOKENS") return { kind: "truncated" };
  return filters.includes(reason) ? { kind: "blocked", by: reason } : { kind: "stopped", by: reason };
}
