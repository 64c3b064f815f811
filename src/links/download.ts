import { Failure, systemCode } from "../failure.ts";
import { readNetwork } from "../gemini/network-errors.ts";
import { Patience, retry } from "../gemini/retry.ts";
import { retryAfterMs } from "../gemini/retry-after.ts";
import { watchSilence } from "../gemini/silence.ts";
import type { Got, World } from "../world.ts";
import { assertNoPage, assertRecording } from "./answer.ts";
import { follow } from "./follow.ts";

/** How long a download may take in all, however much keeps coming. */
const longestMs = 6 * 3_600_000;

export interface Download {
  readonly url: string;
  /** Where it goes: a file that is not there yet. */
  readonly file: string;
  /** Whether addresses of this machine and this network may be reached. */
  readonly allowPrivate: boolean;
  /** How long the server may be silent. */
  readonly timeoutMs: number;
  /** How often what failed in passing is tried again. */
  readonly retries: number;
  readonly limitBytes: number;
  /** Told before another try. */
  readonly onWait: (line: string) => void;
  /** Told that so many bytes are to come, null where the server does not say; is to be told how many have. */
  readonly onStart: (totalBytes: number | null) => (receivedBytes: number) => void;
}

type DownloadWorld = Pick<World, "get" | "version" | "files" | "signal" | "now" | "sleep" | "randomHex">;

/**
 * Downloads what is at a link, whole, or leaves nothing behind. None of its failures repeats the link.
 * Errors: Failure `usage` for a link without encryption; `input` for what brings no recording, or leads where it must
 * not; `limit` for too much of it; `service` when the network or the server fails; the system's error when the
 * file cannot be written; the signal's reason when the run is stopped.
 */
export async function download(world: DownloadWorld, wanted: Download): Promise<void> {
  const patience = new Patience(world, wanted);
  const deadline = world.now() + longestMs;
  await retry(patience, () => attempt(world, { ...wanted, patience, deadline }));
}

interface Attempt extends Download {
  readonly patience: Patience;
  /** In milliseconds since the epoch. */
  readonly deadline: number;
}

type Watch = ReturnType<typeof watchSilence>;

async function attempt(world: DownloadWorld, wanted: Attempt): Promise<void> {
  const watch = watchSilence(world.signal, wanted.timeoutMs, "the server");
  try {
    const got = await follow(world, { ...wanted, signal: watch.signal }).catch((thrown: unknown) => {
      throw failureOf(watch.reasonOf(thrown));
    });
    const asked = got.status === 200 ? null : retryAfterMs(got, world.now());
    if (asked !== null) wanted.patience.rest(asked);
    assertRecording(got);
    await world.files.create(wanted.file, received(world, { ...wanted, got, watch }), "private");
  } catch (thrown) {
    await world.files.remove(wanted.file).catch(() => {});
    world.signal.throwIfAborted();
    throw thrown;
  } finally {
    watch.end();
  }
}

/** What comes, as long as it keeps within bounds. */
async function* received(
  world: Pick<World, "now">,
  { got, watch, limitBytes, deadline, onStart }: Attempt & { readonly got: Got; readonly watch: Watch },
): AsyncGenerator<Uint8Array> {
  const announced = announcedBytes(got.headers);
  if (announced !== null && announced > limitBytes) throw tooLarge(limitBytes);
  const tell = onStart(announced);
  let bytes = 0;
  for await (const chunk of named(got.body, watch)) {
    if (bytes === 0) assertNoPage(chunk);
    bytes += chunk.length;
    if (bytes > limitBytes) throw tooLarge(limitBytes);
    if (world.now() > deadline) throw tooLong();
    tell(bytes);
    // While the disk writes, nobody listens: that is not the server's silence.
    watch.pause();
    yield chunk;
    watch.listen();
  }
}

/** A body, what breaks it told as a Failure: what the file system throws stays what it is. */
async function* named(body: Got["body"], watch: Watch): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (thrown) {
    throw failureOf(watch.reasonOf(thrown));
  }
}

/** What a network throws, as a Failure. */
function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (systemCode(thrown) === "ENOTFOUND") {
    return new Failure("input", "there is no host of that name", { hint: "check the link" });
  }
  const { reason, hint, retryable } = readNetwork(thrown);
  const isAboutUs = hint.includes("GOOGLE_GEMINI_BASE_URL");
  return new Failure("service", reason, {
    hint: isAboutUs ? "check the link and the network, then run the command again" : hint,
    retryable,
  });
}

function announcedBytes(headers: Headers): number | null {
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

function tooLarge(limitBytes: number): Failure {
  const gigabytes = limitBytes / 1e9;
  return new Failure(
    "limit",
    `it is larger than ${gigabytes} GB, the most that the service takes as one file`,
    {
      hint: "download it yourself and name the file: of a large one, gaudio can send a part (--start, --end), or less (--compress always)",
    },
  );
}

function tooLong(): Failure {
  return new Failure("service", `it is not done after ${longestMs / 3_600_000} hours`, {
    hint: "download it yourself and name the file; of a stream without an end, record a part",
  });
}
