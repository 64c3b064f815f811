import { Failure, type FailureKind } from "../failure.ts";
import { generalModels } from "../plan/models.ts";

/** What a request was for. */
export type Operation = "asking the model" | "uploading" | "waiting for the upload" | "deleting the upload";

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

/** What may pass by itself. */
const passingStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];

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
  if (status === 402)
    return { kind: "key", hint: "the key's project needs billing: see https://aistudio.google.com" };
  if (status === 401 || status === 403) return { kind: "key", hint: keyHint };
  if (code === "model_not_found" || (status === 404 && operation === "asking the model")) {
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

function readQuota({ reasons, message }: ServiceError): Reading {
  return reasons.some((reason) => reason.includes("PerDay")) || /\b(per day|daily)\b/i.test(message)
    ? { kind: "limit", hint: "the quota of the day is used up: go on tomorrow, or enable billing" }
    : { kind: "service", hint: "too many requests: wait a minute and try again", retryable: true };
}

/** The models there are, and which of them a name that the service does not know was meant to be. */
function modelHint(message: string): string {
  const hint = `check the model's name; gaudio knows ${generalModels.join(", ")}`;
  const asked = /models\/([\w.-]*\w)/.exec(message)?.[1] ?? /\bgem[\w.-]*\w/.exec(message)?.[0];
  // A name that is known, but not there for this key, was typed as it was meant.
  if (asked === undefined || generalModels.includes(asked)) return hint;
  const [nearest] = generalModels.toSorted((a, b) => editDistance(asked, a) - editDistance(asked, b));
  return nearest === undefined ? hint : `${hint}; did you mean ${nearest}?`;
}

/** How many characters have to be put in, taken out or replaced to make one text of the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
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

/**
 * The body of the service's error, null when there is none. The SDK's ApiError carries it as JSON in its
 * message, in the middle of a stream behind words of its own; our own requests are given the same shape.
 * Errors of the Interactions API, and the `error` events of its streams, carry it as an object.
 */
export function errorBody(thrown: unknown): unknown {
  if (!isRecord(thrown)) return null;
  const { error, message } = thrown;
  if (isRecord(error)) return isRecord(error["error"]) ? error : { error };
  if (typeof message !== "string") return null;
  return parsed(message.slice(Math.max(0, message.indexOf("{")), message.lastIndexOf("}") + 1));
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
  // Node's words for an argument that makes no sense, which no network is to blame for.
  if ("code" in thrown && typeof thrown.code === "string") return !thrown.code.startsWith("ERR_INVALID_");
  return /fetch failed|terminated|other side closed/.test(thrown.message) || isBrokenConnection(thrown.cause);
}

interface NetworkReading {
  readonly reason: string;
  readonly hint: string;
  readonly retryable: boolean;
}

const credentialsHint =
  "check the user and the password in HTTPS_PROXY or HTTP_PROXY: http://user:password@host:port";
const certificateHint =
  "if a proxy here looks into TLS, name the file of its certificate in NODE_EXTRA_CA_CERTS; check the clock of this computer too";
const clockHint =
  "check the clock of this computer; if it is right, a proxy here may look into TLS: name the file of its certificate in NODE_EXTRA_CA_CERTS";

const networkHints: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there: check HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL if they are set",
  ENOTFOUND: "check the network, and the names in HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL if they are set",
  EAI_AGAIN: "no name server answers: check the network, then run the command again",
  ETIMEDOUT: "check the network; if it is behind a proxy, name that in HTTPS_PROXY",
  UND_ERR_CONNECT_TIMEOUT: "check the network; if it is behind a proxy, name that in HTTPS_PROXY",
  CERT_HAS_EXPIRED: clockHint,
  CERT_NOT_YET_VALID: clockHint,
};

/** What broke a connection, by what lies at its bottom: undici wraps it in "fetch failed". */
function readNetwork(thrown: unknown): NetworkReading {
  const { message, code } = bottomOf(thrown);
  const proxyStatus = /^Proxy (?:response|Authentication Required) \((\d+)\)/.exec(message)?.[1];
  if (proxyStatus !== undefined) return readProxyRefusal(Number(proxyStatus));
  const isCertificate = /CERT|^UNABLE_TO_|^INVALID_CA$|^HOSTNAME_MISMATCH$/.test(code);
  const words = message === "terminated" ? "the connection was cut" : message;
  return {
    reason: code === "" || words.includes(code) ? words : `${words} (${code})`.trim(),
    hint:
      networkHints[code] ??
      (isCertificate
        ? certificateHint
        : "check the network, and GOOGLE_GEMINI_BASE_URL if it is set; then run the command again"),
    retryable: !isCertificate,
  };
}

function readProxyRefusal(status: number): NetworkReading {
  return {
    reason: `the proxy refused the connection (${status})`,
    hint:
      status === 407
        ? credentialsHint
        : "ask who runs the proxy in HTTPS_PROXY or HTTP_PROXY; NO_PROXY names hosts to be reached without it",
    retryable: passingStatuses.includes(status),
  };
}

/** The error at the bottom of others; of the several that a name of several addresses gives, the first. */
function bottomOf(thrown: unknown): { readonly message: string; readonly code: string } {
  if (!(thrown instanceof Error)) return { message: String(thrown), code: "" };
  if (thrown.cause instanceof Error) return bottomOf(thrown.cause);
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return bottomOf(thrown.errors[0]);
  return {
    message: thrown.message,
    code: "code" in thrown && typeof thrown.code === "string" ? thrown.code : "",
  };
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

/** Whether a value is an object, of whatever shape. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
