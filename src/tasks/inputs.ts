import { join } from "node:path";
import pMap from "p-map";
import type { Audio } from "../audio/audio.ts";
import { probe } from "../audio/probe.ts";
import { isRemoteName, nameOf, pathOf, type Source } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Preparing } from "../invocation.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { describeFlaw } from "../render/flaw.ts";
import type { World } from "../world.ts";
import { type Fetching, fetchLinks } from "./links.ts";
import type { Progress } from "./progress.ts";
import { temporaryFailure, type Workspace, withWorkspace } from "./workspace.ts";

/** What a source turned out to be. */
export type Input = LocalInput | UploadedInput | VideoInput;

/** A source whose bytes are in a file: the user's own, or the copy of what came by stdin or from a link. */
export interface LocalInput {
  readonly kind: "local";
  readonly path: string;
  readonly file: string;
}

/** A file on the service, by its name there: `files/<id>`. */
export interface UploadedInput {
  readonly kind: "uploaded";
  readonly path: string;
}

/** A video on YouTube. */
export interface VideoInput {
  readonly kind: "video";
  readonly path: string;
  readonly url: string;
}

interface Wanted {
  readonly sources: readonly Source[];
  /** How links are downloaded; null where they are not taken. */
  readonly fetching: Fetching | null;
  readonly progress: Progress;
}

/**
 * Gives `use` the inputs as files, and a workspace. What comes by stdin or from links is kept in the workspace.
 * Errors: Failure `usage` when stdin is a terminal or named twice; `input` when it cannot be kept; those of links.
 */
export async function withInputs<T>(
  world: World,
  { sources, fetching, progress }: Wanted,
  use: (inputs: readonly Input[], workspace: Workspace) => Promise<T>,
): Promise<T> {
  return withWorkspace(world, async (workspace) => {
    await assertStdin(world, sources);
    const downloaded = await fetchLinks(world, { sources, fetching, workspace, progress });
    const spooled = await spoolStdin(world, sources, workspace);
    return use(await inputsOf(world, sources, { downloaded, spooled }), workspace);
  });
}

async function assertStdin(world: World, sources: readonly Source[]): Promise<void> {
  const times = sources.filter(({ kind }) => kind === "stdin").length;
  if (times === 0) return;
  if (times > 1) throw new Failure("usage", "stdin can be read only once", { hint: "name `-` once" });
  if (world.stdin.isTerminal) {
    throw new Failure("usage", "`-` reads the recording from stdin, which is a terminal", {
      hint: "pipe a recording in: cat interview.mp3 | gaudio transcribe -",
    });
  }
  if ((await world.files.status(stdinPath))?.kind === "directory") {
    throw new Failure("input", "stdin: this is a directory", {
      hint: "redirect a file to stdin",
      file: "stdin",
    });
  }
}

/** What stdin was redirected from, where the system tells. */
export const stdinPath = "/dev/stdin";

/** What probing one input came to. */
export type Probed =
  | { readonly kind: "probed"; readonly audio: Audio }
  | { readonly kind: "failed"; readonly path: string; readonly failure: Failure };

/** More at once would not be faster, and the machine's open files are limited. */
const probesAtOnce = 8;

/** A scan that takes longer than this is told of. */
const patienceMs = 1_000;

/** Probes inputs, several at once, and tells of each what it is or why it cannot be told. */
export function probeAll(
  world: World,
  { inputs, track }: { readonly inputs: readonly LocalInput[]; readonly track: number | null },
  progress: Progress,
): Promise<Probed[]> {
  return pMap(
    inputs,
    async (input): Promise<Probed> => {
      try {
        const onAdvance = tellSlowly(world, nameOf(input.path), progress);
        return { kind: "probed", audio: await probe(world, { ...input, track, onAdvance }) };
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown;
        return { kind: "failed", path: input.path, failure: thrown };
      }
    },
    { concurrency: probesAtOnce, signal: world.signal },
  );
}

/**
 * Probes inputs that shall be sent.
 * Errors: Failure `input` for the first, in their order, that is not audio; `usage` for a track it has not.
 */
export async function probeOrFail(
  world: World,
  { inputs, preparing }: { readonly inputs: readonly LocalInput[]; readonly preparing: Preparing },
  progress: Progress,
): Promise<readonly Audio[]> {
  const probed = await probeAll(world, { inputs, track: preparing.track }, progress);
  return probed.map((one) => {
    if (one.kind === "failed") throw one.failure;
    return one.audio;
  });
}

/**
 * Inputs of which each is to be on this machine.
 * Errors: Failure `usage` for one that is not; `reader` says who needs it here.
 */
export function localInputs(inputs: readonly Input[], reader: string): readonly LocalInput[] {
  return inputs.map((input) => {
    if (input.kind === "local") return input;
    throw notLocal(input, reader);
  });
}

/** Told of what is elsewhere where the bytes of a recording are needed. */
export function notLocal({ kind, path }: UploadedInput | VideoInput, reader: string): Failure {
  if (kind === "video") {
    return new Failure("usage", `${path}: ${reader}, and this is a video on YouTube`, {
      hint: "leave that out, or name a file",
      file: path,
    });
  }
  return new Failure("usage", `${path}: ${reader}, and there is no such file here`, {
    hint: "name the local file; gaudio files get shows what the service tells of an upload",
    file: path,
  });
}

/** What is odd about recordings, for the document and the user. */
export function warningsOf(audios: readonly PlannedAudio[]): string[] {
  return audios.flatMap((audio) => {
    if (audio.kind !== "local") return [];
    const { path, flaws, notes } = audio;
    return [...flaws.map((flaw) => `${nameOf(path)}: ${describeFlaw(flaw)}`), ...notes];
  });
}

/** A line a second for a scan that takes long. */
function tellSlowly(world: Pick<World, "now">, name: string, progress: Progress): (share: number) => void {
  let told = world.now();
  return (share) => {
    if (world.now() - told < patienceMs) return;
    told = world.now();
    progress.step(`measuring ${name}: ${Math.round(share * 100)} %`);
  };
}

interface Copies {
  /** The files of links, by their addresses. */
  readonly downloaded: ReadonlyMap<string, string>;
  /** The file of what came by stdin. */
  readonly spooled: string;
}

function inputsOf(world: World, sources: readonly Source[], copies: Copies): Promise<Input[]> {
  return Promise.all(
    sources.map(async (source): Promise<Input> => {
      const path = pathOf(source);
      if (source.kind === "stdin") return { kind: "local", path, file: copies.spooled };
      if (source.kind === "video") return source;
      if (source.kind === "link")
        return { kind: "local", path, file: copies.downloaded.get(source.url) ?? path };
      // What is here comes first: only a name that no file has can be that of an upload.
      const isUploaded = isRemoteName(path) && (await world.files.status(path)) === null;
      return isUploaded ? { kind: "uploaded", path } : { kind: "local", path, file: path };
    }),
  );
}

async function spoolStdin(world: World, sources: readonly Source[], workspace: Workspace): Promise<string> {
  if (!sources.some(({ kind }) => kind === "stdin")) return "";
  const spooled = join(await workspace.directory(), "stdin");
  await spool(world, spooled);
  return spooled;
}

async function spool(world: World, path: string): Promise<void> {
  try {
    await world.files.create(path, abortable(world.stdin.chunks(), world.signal), "private");
  } catch (thrown) {
    world.signal.throwIfAborted();
    throw temporaryFailure("stdin: cannot be kept in a temporary file", thrown);
  }
}

/** A source that stops when the run does, even while it waits for more. */
export async function* abortable(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  stopped.catch(() => {});
  for (;;) {
    const next = await Promise.race([iterator.next(), stopped]);
    if (next.done === true) return;
    yield next.value;
  }
}
