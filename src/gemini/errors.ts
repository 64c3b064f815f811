import { Failure, type FailureKind } from "../failure.ts";
import { generalModels } from "../plan/models.ts";

/** What a request was for. */
export type Operation = "asking the model" | "uploading" | "waiting for the upload" | "deleting the upload";

/** What the service said in an error's body. */
interface ServiceError {
  readonly status: number;
  readonly message: string;
  /** Google's name of the error (`INVALID_ARGUMENT`), and the reasons in its details. */
  readonly reasons: readonly string[];
}

interface Reading {
  readonly kind: FailureKind;
  readonly hint: string;
  readonly retryable?: boolean;
}

interface Attempt {
  readonly operation: Operation;
  /** The key, which no message repeats, even if the service does. */
  readonly key: string;
}

/**
 * A Failure of whatever a request to the service threw: the SDK's ApiError,
 * a status of our own requests, a broken connection, or an answer that makes no sense.
 */
export function serviceFailure(thrown: unknown, { operation, key }: Attempt): Failure {
  if (thrown instanceof Failure) return thrown;
  const redact = (text: string) => text.replaceAll(key, "***");
  const cause = redactedCause(thrown, redact);
  const error = readServiceError(thrown);
  if (error !== null) {
    const { kind, hint, retryable = false } = read(error, operation);
    const message = redact(`${operation}: ${error.message} (${error.status})`);
    return new Failure(kind, message, { hint, retryable, cause });
  }
  if (isBrokenConnection(thrown)) {
    return new Failure("service", redact(`${operation}: ${networkReason(thrown)}`), {
      hint: "check the network, and GOOGLE_GEMINI_BASE_URL if it is set; then run the command again",
      retryable: true,
      cause,
    });
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure("service", redact(`${operation}: the answer makes no sense: ${shortened(reason)}`), {
    hint: "--debug shows more; check GOOGLE_GEMINI_BASE_URL if it is set",
    cause,
  });
}

const keyHint =
  "check that the key is whole and allowed to use the Gemini API; keys come from https://aistudio.google.com/apikey";

/** What each answer means for the user, as the exit codes have it. */
function read({ status, message, reasons }: ServiceError, operation: Operation): Reading {
  if (reasons.includes("API_KEY_INVALID")) return { kind: "key", hint: keyHint };
  if (/location is not supported/i.test(message)) {
    return { kind: "service", hint: "the Gemini API is not offered in the country this request came from" };
  }
  if (/unsupported mime type/i.test(message)) {
    return { kind: "input", hint: "convert the recording: ffmpeg -i IN -ac 1 -ar 16000 out.flac" };
  }
  if (/exceeds the maximum number of tokens/i.test(message)) {
    return { kind: "limit", hint: "cut the recording into shorter files" };
  }
  if (status === 402)
    return { kind: "key", hint: "the key's project needs billing: see https://aistudio.google.com" };
  if (status === 401 || status === 403) return { kind: "key", hint: keyHint };
  if (status === 404 && operation === "asking the model") {
    return { kind: "usage", hint: `check the model's name; gaudio knows ${generalModels.join(", ")}` };
  }
  if (status === 404) return { kind: "service", hint: "check GOOGLE_GEMINI_BASE_URL if it is set" };
  if (status === 429) return readQuota(reasons);
  if (status === 408 || status >= 500) {
    return { kind: "service", hint: "the service has trouble: try again in some minutes", retryable: true };
  }
  return { kind: "service", hint: "the service refused the request; --debug shows it" };
}

function readQuota(reasons: readonly string[]): Reading {
  return reasons.some((reason) => reason.includes("PerDay"))
    ? { kind: "limit", hint: "the quota of the day is used up: go on tomorrow, or enable billing" }
    : { kind: "service", hint: "too many requests: wait a minute and try again", retryable: true };
}

/**
 * The SDK's ApiError carries the JSON body as its message, in the middle of a stream behind words of
 * its own; our own requests are given the same shape.
 */
function readServiceError(thrown: unknown): ServiceError | null {
  if (!isRecord(thrown) || typeof thrown["status"] !== "number") return null;
  const text = typeof thrown["message"] === "string" ? thrown["message"] : "";
  const body = parsed(text.slice(Math.max(0, text.indexOf("{"))));
  const facts = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
  const said = typeof facts["message"] === "string" ? facts["message"] : "";
  // A proxy's page is no reason that anybody would read.
  const isReadable = said !== "" && !/<\/?(html|body|head|!doctype)/i.test(said);
  return {
    status: thrown["status"],
    message: isReadable ? shortened(said) : "the service gave no reason",
    reasons: collectReasons(facts),
  };
}

/** Every `reason`, `quotaId` and `status` in an error, in no order. */
function collectReasons(facts: unknown): string[] {
  if (!isRecord(facts)) return [];
  return Object.entries(facts).flatMap(([key, value]) =>
    typeof value === "string" && ["reason", "quotaId", "status"].includes(key)
      ? [value]
      : collectReasons(value),
  );
}

function isBrokenConnection(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if ("code" in thrown && typeof thrown.code === "string") return true;
  return /fetch failed|terminated|other side closed/.test(thrown.message) || isBrokenConnection(thrown.cause);
}

/** The reason at the bottom of a broken connection: undici wraps it in "fetch failed". */
function networkReason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.cause instanceof Error) return networkReason(thrown.cause);
  if ("code" in thrown && typeof thrown.code === "string") return `${thrown.message} (${thrown.code})`;
  return thrown.message === "terminated" ? "the connection was cut" : thrown.message;
}

/** What was thrown, for --debug: a service may repeat the key in its answer. */
function redactedCause(thrown: unknown, redact: (text: string) => string): unknown {
  if (!(thrown instanceof Error)) return null;
  const cause = new Error(redact(thrown.message));
  cause.stack = redact(thrown.stack ?? "");
  return cause;
}

const longestReason = 400;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= longestReason ? line : `${line.slice(0, longestReason)} ...`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
