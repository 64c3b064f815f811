import { Failure, type FailureKind } from "../failure.ts";
import { errorBody, isFileRefusal, isRecord } from "./error-body.ts";
import { modelHint } from "./model-hint.ts";
import { credentialsHint, isBrokenConnection, passingStatuses, readNetwork } from "./network-errors.ts";

/** What a request was for. */
export type Operation =
  | "asking the model"
  | "counting tokens"
  | "uploading"
  | "waiting for the upload"
  | "deleting the upload"
  | "caching"
  | "deleting the cache"
  | "listing files"
  | "listing models";

/** What the service said in an error's body. */
interface ServiceError {
  /** Null when an error of a stream has a code alone, and one that is not known. */
  readonly status: number | null;
  /** The Interactions API's name of the error (`rate_limit_exceeded`); empty for those of generateContent. */
  readonly code: string;
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
 * A Failure of whatever a request to the service threw: the SDK's ApiError, an error of the Interactions API,
 * a status of our own requests, a broken connection, or an answer that makes no sense.
 */
export function serviceFailure(thrown: unknown, { operation, key }: Attempt): Failure {
  if (thrown instanceof Failure) return thrown;
  const redact = (text: string) => text.replaceAll(key, "***");
  // Shortened only after the key is gone: a cut through it would leave half of it to be read.
  const clean = (text: string) => shortened(redact(text));
  const cause = redactedCause(thrown, redact);
  const error = readServiceError(thrown);
  if (error !== null) {
    const { kind, hint, retryable = false } = read(error, operation);
    const message = `${operation}: ${clean(error.message)} (${error.status ?? clean(error.code)})`;
    return new Failure(kind, message, { hint, retryable, cause });
  }
  if (isBrokenConnection(thrown)) {
    const { reason, hint, retryable } = readNetwork(thrown);
    return new Failure("service", `${operation}: ${clean(reason)}`, { hint, retryable, cause });
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure("service", `${operation}: the answer makes no sense: ${clean(reason)}`, {
    hint: "--debug shows more; check GOOGLE_GEMINI_BASE_URL if it is set",
    cause,
  });
}

/** By which code the Interactions API refuses a content; null when it is something else that was thrown. */
export function blockCode(thrown: unknown): string | null {
  const code = readServiceError(thrown)?.code ?? "";
  return blocks.includes(code) ? code : null;
}

const keyHint =
  "check that the key is whole and allowed to use the Gemini API; keys come from https://aistudio.google.com/apikey";

/** The codes of the Interactions API, and the status that each comes with [doc]. */
const statuses: Readonly<Record<string, number>> = {
  invalid_request: 400,
  authentication: 401,
  payment_required: 402,
  permission_denied: 403,
  not_found: 404,
  model_not_found: 404,
  rate_limit_exceeded: 429,
  quota_exceeded: 429,
  too_many_requests: 429,
  api_error: 500,
  service_unavailable: 503,
  deadline_exceeded: 504,
};

/** The codes by which the Interactions API refuses a content [doc]. */
const blocks: readonly string[] = [
  "safety",
  "recitation",
  "language",
  "prohibited_content",
  "spii",
  "blocklist",
  "content_blocked",
];

/** What each answer means for the user, as the exit codes have it. */
function read(error: ServiceError, operation: Operation): Reading {
  const { status, code, message, reasons } = error;
  if (reasons.includes("API_KEY_INVALID") || /api key (not valid|not found|expired)/i.test(message)) {
    return { kind: "key", hint: keyHint };
  }
  if (blocks.includes(code)) {
    return { kind: "blocked", hint: "the service's filters object to what is said; another model may not" };
  }
  if (/location is not supported/i.test(message)) {
    return { kind: "service", hint: "the Gemini API is not offered in the country this request came from" };
  }
  if (/unsupported mime type/i.test(message)) {
    return { kind: "input", hint: "convert the recording: ffmpeg -i IN -ac 1 -ar 16000 out.flac" };
  }
  if (status === 413 || /exceeds the maximum number of tokens|payload size exceeds/i.test(message)) {
    return { kind: "limit", hint: "cut the recording into shorter files" };
  }
  // A file that is missing, expired or somebody else's answers 403 [report].
  if (status === 403 && isFileRefusal(message)) {
    return { kind: "service", hint: "the upload is gone from the service: run the command again" };
  }
  // A cache that is missing or expired answers 403 [report].
  if (/CachedContent not found/i.test(message)) {
    return { kind: "service", hint: "the cache is gone from the service: give --cache more time" };
  }
  if (status === 402)
    return { kind: "key", hint: "the key's project needs billing: see https://aistudio.google.com" };
  if (status === 401 || status === 403) return { kind: "key", hint: keyHint };
  if (code === "model_not_found" || (status === 404 && isOfModel(operation))) {
    return { kind: "usage", hint: modelHint(message) };
  }
  if (status === 404) return { kind: "service", hint: "check GOOGLE_GEMINI_BASE_URL if it is set" };
  if (status === 407) return { kind: "service", hint: credentialsHint };
  if (status === 429) return readQuota(error);
  if (status !== null && passingStatuses.includes(status)) {
    return { kind: "service", hint: "the service has trouble: try again in some minutes", retryable: true };
  }
  return { kind: "service", hint: "the service refused the request; --debug shows it" };
}

function isOfModel(operation: Operation): boolean {
  return operation === "asking the model" || operation === "counting tokens";
}

function readQuota({ reasons, message }: ServiceError): Reading {
  // Without billing, nothing can be cached, however long one waits [report].
  if (/CachedContentStorage/i.test(message)) {
    return {
      kind: "limit",
      hint: "the key's project may cache no more: leave out --cache, or enable billing",
    };
  }
  return reasons.some((reason) => reason.includes("PerDay")) || /\b(per day|daily)\b/i.test(message)
    ? { kind: "limit", hint: "the quota of the day is used up: go on tomorrow, or enable billing" }
    : { kind: "service", hint: "too many requests: wait a minute and try again", retryable: true };
}

/** What the service said, in any of its forms; null when it was not the service that spoke. */
function readServiceError(thrown: unknown): ServiceError | null {
  const body = errorBody(thrown);
  const facts = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
  const code = typeof facts["code"] === "string" ? facts["code"] : "";
  const told = isRecord(thrown) && typeof thrown["status"] === "number" ? thrown["status"] : null;
  if (told === null && code === "") return null;
  const said = typeof facts["message"] === "string" ? facts["message"] : "";
  // A proxy's page is no reason that anybody would read.
  const isReadable = said !== "" && !/<\/?(html|body|head|!doctype)/i.test(said);
  return {
    status: told ?? statuses[code] ?? null,
    code,
    message: isReadable ? said : "the service gave no reason",
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
