import { Failure, type FailureKind } from "../failure.ts";
import { generalModels } from "../plan/models.ts";

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

/**
 * A Failure of whatever a request to the service threw: the SDK's ApiError,
 * a status of our own requests, or a broken connection.
 */
export function serviceFailure(thrown: unknown, doing: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const error = readServiceError(thrown);
  if (error === null) {
    return new Failure("service", `${doing}: ${networkReason(thrown)}`, {
      hint: "check the network, and GOOGLE_GEMINI_BASE_URL if it is set; then run the command again",
      retryable: true,
      cause: thrown,
    });
  }
  const { kind, hint, retryable = false } = read(error);
  return new Failure(kind, `${doing}: ${error.message} (${error.status})`, {
    hint,
    retryable,
    cause: thrown,
  });
}

/** The failure of a response to one of our own requests that is not a success. */
export async function responseFailure(response: Response, doing: string): Promise<Failure> {
  const body = await response.text();
  return serviceFailure({ status: response.status, message: body }, doing);
}

const keyHint =
  "check that the key is whole and allowed to use the Gemini API; keys come from https://aistudio.google.com/apikey";

/** The kinds of conventions: what each answer means for the user. */
function read({ status, message, reasons }: ServiceError): Reading {
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
  if (status === 404) {
    return { kind: "usage", hint: `check the model's name; gaudio knows ${generalModels.join(", ")}` };
  }
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

/** The SDK's ApiError carries the JSON body as its message; our own requests are given the same shape. */
function readServiceError(thrown: unknown): ServiceError | null {
  if (!isRecord(thrown) || typeof thrown["status"] !== "number") return null;
  const text = typeof thrown["message"] === "string" ? thrown["message"] : "";
  const error = isRecord(parsed(text)) ? parsed(text) : null;
  const facts = isRecord(error) && isRecord(error["error"]) ? error["error"] : {};
  const said = typeof facts["message"] === "string" ? facts["message"] : "the service gave no reason";
  return { status: thrown["status"], message: oneLine(said), reasons: collectReasons(facts) };
}

/** Every `reason` and `quotaId` in an error's details, and its own name, in no order. */
function collectReasons(facts: Record<string, unknown>): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if ((key === "reason" || key === "quotaId" || key === "status") && typeof inner === "string")
          found.push(inner);
        else visit(inner);
      }
    }
  };
  visit(facts);
  return found;
}

/** The reason at the bottom of a broken connection: undici wraps it in "fetch failed". */
function networkReason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.cause instanceof Error) return networkReason(thrown.cause);
  if ("code" in thrown && typeof thrown.code === "string") return `${thrown.message} (${thrown.code})`;
  return thrown.message === "terminated" ? "the connection was cut" : thrown.message;
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

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
