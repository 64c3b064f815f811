import { Refusal } from "./refusal.ts";

/** The Interactions API's error codes by HTTP status [doc]. */
const codes: Readonly<Record<number, string>> = {
  400: "invalid_request",
  401: "authentication",
  402: "payment_required",
  403: "permission_denied",
  404: "not_found",
  429: "rate_limit_exceeded",
  500: "api_error",
  503: "service_unavailable",
  504: "deadline_exceeded",
};

/** The codes of what is blocked [doc]; each is a reason of generateContent's in lower case. */
const blocks: readonly string[] = [
  "safety",
  "recitation",
  "language",
  "prohibited_content",
  "spii",
  "blocklist",
];

/** A refusal in the Interactions API's form: a code that is text, and no details. */
export class InteractionRefusal extends Refusal {
  readonly error: { readonly code: string; readonly message: string };

  constructor(httpStatus: number, code: string, message: string) {
    super(httpStatus, code, message);
    this.error = { code, message };
  }

  override get body(): string {
    return JSON.stringify({ error: this.error });
  }
}

/** A refusal of the other APIs' in this one's form. A key that is refused is 401 here, whatever is wrong with it [doc]. */
export function refusedInteraction(refusal: Refusal): InteractionRefusal {
  if (refusal instanceof InteractionRefusal) return refusal;
  const { code, matter, message } = refusal;
  if (matter === "key") return new InteractionRefusal(401, "authentication", message);
  if (matter === "model") return new InteractionRefusal(404, "model_not_found", message);
  return new InteractionRefusal(code, codes[code] ?? (code < 500 ? "invalid_request" : "api_error"), message);
}

/** What is blocked for a reason of generateContent's, which is one of this API's codes, or simply blocked [doc]. */
export function blockedFor(reason: string): InteractionRefusal {
  const code = reason.toLowerCase();
  return new InteractionRefusal(
    400,
    blocks.includes(code) ? code : "content_blocked",
    `The content was blocked: ${reason}.`,
  );
}

/** Whether a finish reason of generateContent's is a block, and so an error of this API's. */
export function isBlock(finishReason: string): boolean {
  return blocks.includes(finishReason.toLowerCase());
}
