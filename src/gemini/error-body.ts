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

/** Whether a refusal is about a file that is not there, or not for this key, in the service's words [report]. */
export function isFileRefusal(message: string): boolean {
  return /\bfile\b.*may not exist/i.test(message);
}
