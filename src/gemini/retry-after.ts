import { errorBody, isRecord } from "./error-body.ts";

/** Nobody waits for longer, whatever the service says. */
const longestMs = 3_600_000;

/**
 * How long the service asks to wait, in milliseconds, from what a request threw: by the Retry-After in its
 * `headers`, or by the RetryInfo in its body; the longer of the two. An hour at most; null when nothing is said.
 */
export function retryAfterMs(thrown: unknown, now: number): number | null {
  const header = isRecord(thrown) ? retryAfterHeader(thrown["headers"]) : null;
  const asked = [
    ...(header === null ? [] : readRetryAfter(header.trim(), now)),
    ...collectRetryDelays(errorBody(thrown)),
  ];
  return asked.length === 0 ? null : Math.min(longestMs, Math.max(0, ...asked));
}

function retryAfterHeader(headers: unknown): string | null {
  if (headers instanceof Headers) return headers.get("retry-after");
  if (!isRecord(headers)) return null;
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === "retry-after")?.[1];
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

/** Seconds, or a date as HTTP writes it: Date.parse would take nearly everything for one. */
function readRetryAfter(value: string, now: number): number[] {
  if (/^-?\d+(\.\d+)?$/.test(value)) return [Number(value) * 1_000];
  const date = value.endsWith(" GMT") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? [] : [date - now];
}

/** Every `retryDelay` ("58s", "1.5s") in an error's body. */
function collectRetryDelays(body: unknown): number[] {
  if (!isRecord(body)) return [];
  return Object.entries(body).flatMap(([key, value]) => {
    if (key !== "retryDelay" || typeof value !== "string") return collectRetryDelays(value);
    const seconds = /^(-?\d+(?:\.\d+)?)s$/.exec(value)?.[1];
    return seconds === undefined ? [] : [Number(seconds) * 1_000];
  });
}
