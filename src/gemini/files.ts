import { z } from "zod";
import { Failure } from "../failure.ts";
import type { World } from "../world.ts";
import type { Client } from "./client.ts";
import { retry } from "./retry.ts";
import { guarded } from "./silence.ts";

/** A file on the service. */
export interface RemoteFile {
  /** `files/<id>`. */
  readonly name: string;
  readonly uri: string;
  readonly state: string;
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
  sizeBytes: z.string().nullish(),
  sha256Hash: z.string().nullish(),
  error: z.object({ message: z.string().optional() }).nullish(),
});

const firstPollMs = 250;
const longestPollMs = 5_000;

/** How long the service may take to get an upload ready; nobody has measured it [?]. */
const processingLimitMs = 600_000;

/** How long a delete may take: after Ctrl-C, a run has two seconds in all. */
const deleteLimitMs = 1_200;

/** A file as the service describes it. Errors: Failure `service` when it makes no sense. */
export function readRemoteFile(described: unknown): RemoteFile {
  const parsed = fileSchema.safeParse(described);
  if (!parsed.success) {
    throw new Failure("service", "the service described a file in a form that makes no sense", {
      hint: "check GOOGLE_GEMINI_BASE_URL if it is set; else run the command again",
    });
  }
  const { name, uri, state, sizeBytes, sha256Hash, error } = parsed.data;
  return {
    name,
    uri,
    state,
    sizeBytes: sizeBytes ?? null,
    sha256Hash: sha256Hash ?? null,
    error: error?.message ?? null,
  };
}

/**
 * Whether a hash as the service tells it is this digest, in hex: it is documented as base64 of the bytes,
 * reports show base64 of the hex text, and hex itself would not surprise [doc, report].
 */
export function isSameHash(told: string, digest: string): boolean {
  const bytes = Buffer.from(digest, "hex");
  const forms = [digest, bytes.toString("base64"), Buffer.from(digest).toString("base64")];
  return forms.includes(told) || told.toLowerCase() === digest;
}

/**
 * Asks for a file's state until it can be used, at growing intervals.
 * Errors: Failure `service` when the service fails on it or takes longer than ten minutes.
 */
export async function waitUntilActive(
  world: Pick<World, "sleep" | "now" | "signal">,
  client: Client,
  uploaded: RemoteFile,
): Promise<RemoteFile> {
  const deadline = world.now() + processingLimitMs;
  let file = uploaded;
  for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 2, longestPollMs)) {
    if (file.state === "ACTIVE") return file;
    if (file.state === "FAILED") throw failed(file);
    if (world.now() + pollMs > deadline) throw tooSlow();
    await world.sleep(pollMs, world.signal);
    file = await getFile(client, file.name, world.signal);
  }
}

/** Deletes a file, within bounds and even after the run was stopped. One that is gone is as good as deleted. */
export async function deleteFile(client: Client, name: string): Promise<void> {
  try {
    await client.sdk.files.delete({ name, config: { abortSignal: AbortSignal.timeout(deleteLimitMs) } });
  } catch (thrown) {
    if (!isMissing(thrown)) throw client.failureOf(thrown, "deleting the upload");
  }
}

/** A file by its name; null when there is none, or it is gone. */
export async function findFile(
  client: Client,
  name: string,
  signal: AbortSignal,
): Promise<RemoteFile | null> {
  return retry(client.patience, async () => {
    try {
      return await guarded({ signal, timeoutMs: client.timeoutMs }, async (guard) =>
        readRemoteFile(await client.sdk.files.get({ name, config: { abortSignal: guard.signal } })),
      );
    } catch (thrown) {
      signal.throwIfAborted();
      if (isMissing(thrown)) return null;
      throw client.failureOf(thrown, "waiting for the upload");
    }
  });
}

async function getFile(client: Client, name: string, signal: AbortSignal): Promise<RemoteFile> {
  const file = await findFile(client, name, signal);
  if (file !== null) return file;
  throw new Failure("service", `the upload ${name} is gone from the service`, {
    hint: "run the command again",
    retryable: true,
  });
}

/** A file that is missing, expired or somebody else's answers 403, not 404 [report]. */
function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && "status" in thrown && (thrown.status === 403 || thrown.status === 404);
}

function failed({ name, error }: RemoteFile): Failure {
  return new Failure(
    "service",
    `the service could not read the upload ${name}: ${error ?? "no reason given"}`,
    {
      hint: "check that the recording plays; if it does, run the command again",
      retryable: true,
    },
  );
}

function tooSlow(): Failure {
  return new Failure("service", `the upload was not ready after ${processingLimitMs / 1_000} s`, {
    hint: "run the command again later",
    retryable: true,
  });
}
