import { join } from "node:path";
import { z } from "zod";
import { systemCode } from "../failure.ts";
import type { World } from "../world.ts";
import { stateDirectory } from "./state.ts";

/** An upload as it is remembered: enough to find it again on the service, and nothing of what it holds. */
export interface UploadNote {
  /** `files/<id>`, or of a cache `cachedContents/<id>`. */
  readonly name: string;
  readonly baseUrl: string;
  /** A fingerprint of the key that it belongs to. */
  readonly owner: string;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly createdMs: number;
  /** Who made it; nobody else deletes it while that runs. */
  readonly processId: number;
  readonly host: string;
  /** The SHA-256 of its bytes in hex, once it is to be kept for later runs; null for one that is to be deleted. */
  readonly keptDigest: string | null;
}

const noteSchema = z.strictObject({
  name: z.string().regex(/^(files\/[a-z0-9-]{1,40}|cachedContents\/[a-z0-9-]{1,64})$/),
  baseUrl: z.string(),
  owner: z.string(),
  sizeBytes: z.number(),
  createdMs: z.number(),
  processId: z.int(),
  host: z.string(),
  keptDigest: z.string().nullable(),
});

/** What the service has deleted by itself: after 48 hours [doc]. */
const lifetimeMs = 48 * 3_600_000;

/** An upload is not used again in the last of its hours: an answer may take that long. */
const marginMs = 3_600_000;

type JournalWorld = Pick<World, "files" | "env" | "now" | "randomHex" | "identity">;

/**
 * Remembers an upload, before the service hears of it. Where nothing can be kept, nothing is: an upload
 * that cannot be remembered is deleted all the same, unless gaudio is killed.
 */
export async function noteUpload(world: JournalWorld, note: UploadNote): Promise<void> {
  const path = pathOf(world, note.name);
  if (path === null) return;
  const { files } = world;
  const temporary = `${path}.${world.randomHex(6)}`;
  try {
    await files.makeDirectory(join(path, ".."));
    await files.create(temporary, toBytes(JSON.stringify(note)), "private");
    await files.replace(temporary, path);
  } catch (thrown) {
    if (systemCode(thrown) === null) throw thrown;
  }
}

/** Forgets an upload that is gone from the service. */
export async function forgetUpload(world: JournalWorld, name: string): Promise<void> {
  const path = pathOf(world, name);
  if (path !== null) await world.files.remove(path).catch(() => {});
}

export interface Account {
  readonly baseUrl: string;
  readonly owner: string;
}

/** The uploads that runs have left which could not delete them, because they were killed or failed at it. */
export async function leftUploads(world: JournalWorld, account: Account): Promise<readonly UploadNote[]> {
  const { identity } = world;
  return (await notes(world, account)).filter(({ host, processId, keptDigest }) => {
    const isOver =
      host === identity.host && processId !== identity.processId && !identity.isRunning(processId);
    return keptDigest === null && isOver;
  });
}

/** The uploads of one size that are kept for later runs. */
export async function keptUploads(
  world: JournalWorld,
  account: Account & { readonly sizeBytes: number },
): Promise<readonly UploadNote[]> {
  return (await notes(world, account)).filter(
    ({ keptDigest, sizeBytes, createdMs }) =>
      keptDigest !== null &&
      sizeBytes === account.sizeBytes &&
      createdMs + lifetimeMs - marginMs > world.now(),
  );
}

/** All notes of an account. Those of uploads that have expired are dropped, and what is no note is left alone. */
async function notes(world: JournalWorld, { baseUrl, owner }: Account): Promise<readonly UploadNote[]> {
  const directory = directoryOf(world);
  if (directory === null) return [];
  const names = await world.files.list(directory).catch(() => []);
  const read = await Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => readNote(world, join(directory, name))),
  );
  const known = read.filter((note) => note !== null);
  const expired = known.filter(({ createdMs }) => createdMs + lifetimeMs < world.now());
  await Promise.all(expired.map(({ name }) => forgetUpload(world, name)));
  return known.filter((note) => !expired.includes(note) && note.baseUrl === baseUrl && note.owner === owner);
}

async function readNote({ files }: JournalWorld, path: string): Promise<UploadNote | null> {
  try {
    const reader = await files.open(path);
    try {
      const text = Buffer.from(await reader.read(0, reader.sizeBytes)).toString("utf8");
      return noteSchema.safeParse(JSON.parse(text)).data ?? null;
    } finally {
      await reader.close();
    }
  } catch {
    // Another run has just removed it, or it was cut short: then there is nothing to learn from it.
    return null;
  }
}

function directoryOf({ env }: Pick<World, "env">): string | null {
  const state = stateDirectory(env);
  return state === null ? null : join(state, "uploads");
}

function pathOf(world: Pick<World, "env">, name: string): string | null {
  const directory = directoryOf(world);
  return directory === null ? null : join(directory, `${name.replace("files/", "").replace("/", "-")}.json`);
}

async function* toBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
