import { z } from "zod";
import { Failure } from "../failure.ts";

/** A file on the service. */
export interface RemoteFile {
  /** `files/<id>`. */
  readonly name: string;
  readonly uri: string;
  readonly state: string;
  readonly mimeType: string | null;
  /** What it was called when it was uploaded. */
  readonly displayName: string | null;
  /** When it was uploaded and when the service deletes it, as RFC 3339. */
  readonly created: string | null;
  readonly expires: string | null;
  /** How many bytes arrived, where the service tells. */
  readonly sizeBytes: string | null;
  /** The SHA-256 of its bytes, in one of several encodings; null where the service does not tell. */
  readonly sha256Hash: string | null;
  /** What the service says went wrong with it. */
  readonly error: string | null;
}

const fileSchema = z.object({
  name: z.string(),
  uri: z.string(),
  state: z.string().default("PROCESSING"),
  mimeType: z.string().nullish(),
  displayName: z.string().nullish(),
  createTime: z.string().nullish(),
  expirationTime: z.string().nullish(),
  sizeBytes: z.string().nullish(),
  sha256Hash: z.string().nullish(),
  error: z.object({ message: z.string().optional() }).nullish(),
});

/** A file as the service describes it. Errors: Failure `service` when it makes no sense. */
export function readRemoteFile(described: unknown): RemoteFile {
  const parsed = fileSchema.safeParse(described);
  if (!parsed.success) {
    throw new Failure("service", "the service described a file in a form that makes no sense", {
      hint: "check GOOGLE_GEMINI_BASE_URL if it is set; else run the command again",
    });
  }
  const { name, uri, state, mimeType, displayName, createTime, expirationTime } = parsed.data;
  const { sizeBytes, sha256Hash, error } = parsed.data;
  return {
    name,
    uri,
    state,
    mimeType: mimeType ?? null,
    displayName: displayName ?? null,
    created: createTime ?? null,
    expires: expirationTime ?? null,
    sizeBytes: sizeBytes ?? null,
    sha256Hash: sha256Hash ?? null,
    error: error?.message ?? null,
  };
}

/**
 * A SHA-256 in hex, of a hash as the service tells it: it is documented as base64 of the bytes, reports
 * show base64 of the hex text, and hex itself would not surprise [doc, report]. Null when it is none of these.
 */
export function hexOfHash(told: string): string | null {
  const bytes = Buffer.from(told, "base64");
  const forms = [told, bytes.toString("latin1"), bytes.toString("hex")];
  return forms.find((form) => /^[0-9a-f]{64}$/i.test(form))?.toLowerCase() ?? null;
}
