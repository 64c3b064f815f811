import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answer } from "./answer.ts";
import type { Fault } from "./faults.ts";
import type { FileStore } from "./files.ts";
import { type Heard, hear, NotAudio, type Recording } from "./hearing/hear.ts";
import { type EmulatedModel, findModel } from "./models.ts";
import { invalid, noSuchFile, Refusal } from "./refusal.ts";
import { assertAudioType, type GenerateRequest, type RequestPart, readRequest } from "./request.ts";

/** The most audio in one prompt: 9.5 hours [doc]. */
const longestPromptSeconds = 34_200;

/** Characters a token, for text. */
const charactersPerToken = 4;

/** What a request comes to: the answer's text in pieces, and how it ends. */
export interface Generated {
  readonly text: string;
  /** Null for an answer that ends without one. */
  readonly finishReason: string | null;
  /** Null unless the prompt is blocked, when there is no candidate. */
  readonly blockReason: string | null;
  readonly usage: object;
  /** Whether the connection is cut at the end of the text. */
  readonly isCut: boolean;
}

/** Answers generateContent requests from what it hears in their audio. What was heard once is remembered. */
export class Generator {
  private readonly files: FileStore;
  private readonly heard = new Map<string, Promise<Heard>>();

  private readonly origin: () => string;

  /** `origin` is where the emulator is: a file elsewhere is none of its own. */
  constructor(files: FileStore, origin: () => string) {
    this.files = files;
    this.origin = origin;
  }

  /** Errors: Refusal, as the service would refuse. */
  async generate(modelName: string, body: string, fault: Fault | null): Promise<Generated> {
    const model = findModel(modelName);
    const request = readRequest(body, model);
    if (fault?.kind === "expired") this.expireAll(request);
    const heard = await this.hearAll(request);
    const tokens = promptTokens(request, heard, model);
    const seconds = heard.reduce((sum, one) => sum + one.seconds, 0);
    if (seconds > longestPromptSeconds) throw invalid("The audio in the prompt is longer than 9.5 hours.");
    if (tokens.total > model.inputTokenLimit) {
      throw invalid(
        `The input token count (${tokens.total}) exceeds the maximum number of tokens allowed (${model.inputTokenLimit}).`,
      );
    }
    const { generationConfig } = request;
    const whole = answer(heard, promptText(request), generationConfig?.responseJsonSchema ?? null);
    const limit = Math.min(
      generationConfig?.maxOutputTokens ?? model.outputTokenLimit,
      model.outputTokenLimit,
    );
    return {
      ...ending(whole, limit * charactersPerToken, fault),
      usage: usageOf(tokens, { whole, request }),
    };
  }

  /** Errors: Refusal, as the service would refuse. */
  async countTokens(modelName: string, body: string): Promise<object> {
    const model = findModel(modelName);
    const request = readRequest(body, model);
    const tokens = promptTokens(request, await this.hearAll(request), model);
    return { totalTokens: tokens.total, promptTokensDetails: detailsOf(tokens) };
  }

  private async hearAll({ contents }: GenerateRequest): Promise<Heard[]> {
    const parts = contents.flatMap((content) => content.parts);
    return Promise.all(parts.flatMap((part) => ("text" in part ? [] : [this.hearPart(part)])));
  }

  private async hearPart(part: Exclude<RequestPart, { text: string }>): Promise<Heard> {
    if ("inlineData" in part) return this.hearInline(part.inlineData);
    const name = this.nameOf(part.fileData.fileUri);
    const file = this.files.get(name);
    if (file.state !== "ACTIVE") {
      throw new Refusal(
        400,
        "FAILED_PRECONDITION",
        `The File ${name} is not in an ACTIVE state and usage is not allowed.`,
      );
    }
    return this.hearOnce({ ...file, mimeType: part.fileData.mimeType ?? file.mimeType });
  }

  private nameOf(uri: string): string {
    const prefix = `${this.origin()}/v1beta/`;
    if (!uri.startsWith(prefix)) throw noSuchFile(uri);
    return uri.slice(prefix.length);
  }

  private expireAll({ contents }: GenerateRequest): void {
    for (const part of contents.flatMap(({ parts }) => parts)) {
      if ("fileData" in part) this.files.expire(this.nameOf(part.fileData.fileUri));
    }
  }

  private async hearInline({ data, mimeType }: { data: string; mimeType: string }): Promise<Heard> {
    const bytes = Buffer.from(data, "base64");
    if (bytes.length === 0 || bytes.toString("base64") !== data) throw invalid("Base64 decoding failed.");
    const directory = await mkdtemp(join(tmpdir(), "gaudio-emulator-"));
    try {
      const path = join(directory, "inline");
      await writeFile(path, bytes);
      return await this.hearOnce({
        path,
        mimeType,
        digest: createHash("sha256").update(bytes).digest("hex"),
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  private async hearOnce(recording: Recording): Promise<Heard> {
    assertAudioType(recording.mimeType);
    const key = `${recording.digest} ${recording.mimeType}`;
    const hearing = this.heard.get(key) ?? hear(recording);
    this.heard.set(key, hearing);
    try {
      return await hearing;
    } catch (thrown) {
      if (thrown instanceof NotAudio)
        throw invalid(`Request contains an invalid argument: ${thrown.message}`);
      throw thrown;
    }
  }
}

interface Tokens {
  readonly audio: number;
  readonly text: number;
  readonly total: number;
}

function promptTokens(request: GenerateRequest, heard: readonly Heard[], model: EmulatedModel): Tokens {
  const audio = heard.reduce((sum, one) => sum + Math.ceil(one.seconds * model.tokensPerSecond), 0);
  const text = Math.ceil(promptText(request).length / charactersPerToken);
  return { audio, text, total: audio + text };
}

function promptText({ contents, systemInstruction }: GenerateRequest): string {
  const all = systemInstruction === undefined ? contents : [systemInstruction, ...contents];
  return all.flatMap(({ parts }) => parts.map((part) => ("text" in part ? part.text : ""))).join("\n");
}

function detailsOf({ audio, text }: Tokens): object[] {
  return [
    { modality: "AUDIO", tokenCount: audio },
    { modality: "TEXT", tokenCount: text },
  ];
}

/** What a model thinks, at any level but none, before it answers. */
const thoughtTokens = 24;

function usageOf(tokens: Tokens, { whole, request }: { whole: string; request: GenerateRequest }): object {
  const candidatesTokenCount = Math.ceil(whole.length / charactersPerToken);
  const isThoughtless = request.generationConfig?.thinkingConfig?.thinkingBudget === 0;
  const thoughtsTokenCount = isThoughtless ? 0 : thoughtTokens;
  return {
    promptTokenCount: tokens.total,
    candidatesTokenCount,
    thoughtsTokenCount,
    totalTokenCount: tokens.total + candidatesTokenCount + thoughtsTokenCount,
    promptTokensDetails: detailsOf(tokens),
  };
}

/** How the answer ends: whole, at the output limit, or as a fault has it. */
function ending(whole: string, limit: number, fault: Fault | null): Omit<Generated, "usage"> {
  const normal = {
    text: whole.slice(0, limit),
    finishReason: whole.length > limit ? "MAX_TOKENS" : "STOP",
    blockReason: null,
    isCut: false,
  };
  switch (fault?.kind) {
    case "finish":
      return { ...normal, text: whole.slice(0, fault.keep), finishReason: fault.reason };
    case "silent-end":
    case "stall":
    case "stream-error":
      return { ...normal, text: whole.slice(0, fault.keep), finishReason: null };
    case "disconnect":
      return { ...normal, text: whole.slice(0, fault.keep), finishReason: null, isCut: true };
    case "block":
      return { ...normal, text: "", finishReason: null, blockReason: fault.reason };
    case "say":
      return { ...normal, text: fault.text };
    case "status":
    case "hang":
    case "silence":
    case "lost-answer":
    case "reset":
    case "slow":
    case "short-receipt":
    case "wrong-size":
    case "wrong-hash":
    case "processing":
    case "file-failed":
    case "expired":
    case undefined:
      return normal;
  }
}
