/** What a refusal is about, where its status does not tell it. */
export type Matter = "key" | "model" | null;

interface Particulars {
  readonly details?: readonly object[];
  readonly matter?: Matter;
}

/** A refusal as the service words it: an HTTP status and Google's error body. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: string;
  readonly details: readonly object[];
  readonly matter: Matter;

  constructor(
    code: number,
    status: string,
    message: string,
    { details = [], matter = null }: Particulars = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
    this.matter = matter;
  }

  get body(): string {
    const { code, status, message, details } = this;
    return JSON.stringify({ error: { code, message, status, ...(details.length > 0 ? { details } : {}) } });
  }
}

export const invalid = (message: string) => new Refusal(400, "INVALID_ARGUMENT", message);

export const notFound = (message: string) => new Refusal(404, "NOT_FOUND", message);

export const noSuchModel = (name: string, method = "generateContent") =>
  new Refusal(
    404,
    "NOT_FOUND",
    `models/${name} is not found for API version v1beta, or is not supported for ${method}.`,
    { matter: "model" },
  );

/** A file that is missing, expired or somebody else's: 403, not 404 [report]. */
export const noSuchFile = (name: string) =>
  new Refusal(
    403,
    "PERMISSION_DENIED",
    `You do not have permission to access the File ${name} or it may not exist.`,
  );

/** A key that is no key [doc]. */
export const badKey = () =>
  new Refusal(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", {
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "API_KEY_INVALID",
        domain: "googleapis.com",
      },
    ],
    matter: "key",
  });

export const noKey = () =>
  new Refusal(
    403,
    "PERMISSION_DENIED",
    "Method doesn't allow unregistered callers (callers without established identity).",
    { matter: "key" },
  );
