import { Failure } from "../failure.ts";
import type { World } from "../world.ts";
import type { Client } from "./client.ts";
import { isFileRefusal } from "./error-body.ts";
import { allPages, type Page } from "./pages.ts";
import { type RemoteFile, readRemoteFile } from "./remote-file.ts";
import { patiently } from "./request.ts";

const firstPollMs = 250;
const longestPollMs = 5_000;

/** How long the service may take to get an upload ready; nobody has measured it [?]. */
const processingLimitMs = 600_000;

/** How long a delete may take: after Ctrl-C, a run has two seconds in all. */
const deleteLimitMs = 1_200;

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

const pageSize = 100;

/** All files of the key, of every page. Errors: Failure of the kind that the service's refusal means. */
export function listFiles(client: Client, signal: AbortSignal): Promise<readonly RemoteFile[]> {
  return allPages((token) => listPage(client, token, signal));
}

function listPage(client: Client, token: string, signal: AbortSignal): Promise<Page<RemoteFile>> {
  return patiently(client, { signal, operation: "listing files" }, async (abortSignal) => {
    const pageToken = token === "" ? {} : { pageToken: token };
    const pager = await client.sdk.files.list({ config: { pageSize, abortSignal, ...pageToken } });
    return { items: pager.page.map(readRemoteFile), next: pager.params.config?.pageToken ?? "" };
  });
}

/**
 * Deletes a file for somebody who waits for it; false when it was gone already, or somebody else's.
 * Errors: Failure of the kind that the service's refusal means.
 */
export function removeFile(client: Client, name: string, signal: AbortSignal): Promise<boolean> {
  return patiently(client, { signal, operation: "deleting the upload" }, async (abortSignal) => {
    try {
      await client.sdk.files.delete({ name, config: { abortSignal } });
      return true;
    } catch (thrown) {
      if (isMissing(thrown)) return false;
      throw thrown;
    }
  });
}

/** A file by its name; null when there is none, or it is gone. */
export async function findFile(
  client: Client,
  name: string,
  signal: AbortSignal,
): Promise<RemoteFile | null> {
  return patiently(client, { signal, operation: "waiting for the upload" }, async (abortSignal) => {
    try {
      return readRemoteFile(await client.sdk.files.get({ name, config: { abortSignal } }));
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      throw thrown;
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

/**
 * A file that is missing, expired or somebody else's answers 403, not 404 [report]; so does a key that may not
 * use the API, in other words.
 */
function isMissing(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !("status" in thrown)) return false;
  return thrown.status === 404 || (thrown.status === 403 && isFileRefusal(thrown.message));
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
