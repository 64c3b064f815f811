import { dirname, extname, join } from "node:path";
import { systemCode } from "../failure.ts";
import type { Destination, Output } from "../invocation.ts";
import type { World } from "../world.ts";
import { type Input, stdinPath } from "./inputs.ts";
import { refused, replacesRecording, taken, unwritable } from "./output-failures.ts";
import { print } from "./print.ts";

type FileDestination = Extract<Destination, { kind: "file" }>;

/** Where the result goes where there is one alone. */
export function soleDestination([first]: readonly Output[]): Destination {
  return first?.destination ?? { kind: "stdout" };
}

/**
 * Makes sure, before anything is spent, that the results can go where they shall.
 * Errors: Failure `usage` when one would replace one of the inputs; `output` when a file is there
 * already and not to be overwritten, or its folder does not take files.
 */
export async function checkDestinations(
  world: Pick<World, "files" | "randomHex">,
  outputs: readonly Pick<Output, "destination">[],
  inputs: readonly Input[],
): Promise<void> {
  for (const { destination } of outputs) await checkDestination(world, destination, inputs);
}

async function checkDestination(
  world: Pick<World, "files" | "randomHex">,
  destination: Destination,
  inputs: readonly Input[],
): Promise<void> {
  if (destination.kind === "stdout") return;
  const { path, overwrite } = destination;
  try {
    const target = await world.files.resolve(path);
    const status = await world.files.status(target);
    if (status?.kind === "special") return;
    if (status?.kind === "directory") throw refused(path, "it is a directory", "name a file in it");
    for (const input of inputs) {
      if (input.kind !== "local") continue;
      // What came by stdin is a copy: the recording is what stdin was redirected from.
      const recording = await world.files.status(input.path === "-" ? stdinPath : input.file);
      if (status !== null && recording?.identity === status.identity) throw replacesRecording(path);
    }
    if (status !== null && !overwrite) throw taken(path);
    await tryFolder(world, target);
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

/** Makes a folder, and those above it, where they are not there. Errors: Failure `output`. */
export async function makeFolder({ files }: Pick<World, "files">, path: string): Promise<void> {
  try {
    const status = await files.status(path);
    if (status === null) return await files.makeDirectory(path);
    if (status.kind !== "directory") throw refused(path, "it is no folder", "name a folder");
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

/** Makes a file beside the target and removes it: only that shows whether files can be made there. */
async function tryFolder(world: Pick<World, "files" | "randomHex">, target: string): Promise<void> {
  const temporary = temporaryBeside(world, target);
  await world.files.create(temporary, toBytes(""), "shared");
  await world.files.remove(temporary);
}

/** A name of its own, so that it is short enough wherever the target's is. */
function temporaryBeside(world: Pick<World, "randomHex">, target: string): string {
  return join(dirname(target), `.gaudio-${world.randomHex(6)}.tmp`);
}

/**
 * Writes a whole result, one newline at its end: under its name at once, or not at all.
 * An incomplete one goes to `{stem}.partial.{ext}` in place of the file that was asked for.
 * A result that cannot be written where it shall is printed, so that it is not lost.
 * Errors: Failure `output`.
 */
export async function writeResult(
  world: World,
  destination: Destination,
  { text, isComplete }: { readonly text: string; readonly isComplete: boolean },
): Promise<void> {
  const content = `${text}\n`;
  if (destination.kind === "stdout") return print(world, content);
  try {
    await writeFile(world, destination, { content, isComplete });
  } catch (thrown) {
    await print(world, content);
    throw unwritable(destination.path, thrown, "; the result was printed to stdout");
  }
}

interface Content {
  readonly content: string;
  readonly isComplete: boolean;
}

async function writeFile(
  world: World,
  { path, overwrite }: FileDestination,
  { content, isComplete }: Content,
) {
  const { files } = world;
  // A symbolic link stays one: what it points to is written.
  const target = await files.resolve(path);
  if ((await files.status(target))?.kind === "special") return files.append(target, content);
  await createBeside(world, target, toBytes(content), (temporary) => {
    if (!isComplete) return linkPartial(world, temporary, target);
    return overwrite ? files.replace(temporary, target) : files.link(temporary, target);
  });
}

/** Writes what another file holds: under its name at once, or not at all. Errors: Failure `output`. */
export async function writeCopy(
  world: Pick<World, "files" | "randomHex">,
  { path, overwrite }: FileDestination,
  file: string,
): Promise<void> {
  const { files } = world;
  try {
    const target = await files.resolve(path);
    await createBeside(world, target, bytesOf(world, file), (temporary) =>
      overwrite ? files.replace(temporary, target) : files.link(temporary, target),
    );
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

/** Writes a file beside the target, and has it named. */
async function createBeside(
  world: Pick<World, "files" | "randomHex">,
  target: string,
  content: AsyncIterable<Uint8Array>,
  name: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = temporaryBeside(world, target);
  try {
    await world.files.create(temporary, content, "shared");
    await name(temporary);
  } finally {
    await world.files.remove(temporary);
  }
}

/** Gives a partial result the first of its names that is free: an earlier one may hold more. */
async function linkPartial({ files }: World, temporary: string, path: string): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      return await files.link(temporary, partialName(path, count));
    } catch (thrown) {
      if (systemCode(thrown) !== "EEXIST") throw thrown;
    }
  }
}

function partialName(path: string, count: number): string {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  return `${stem}.partial${count === 1 ? "" : `-${count}`}${extension}`;
}

/** How much of a file is copied at once. */
const copyBytes = 1 << 20;

async function* bytesOf({ files }: Pick<World, "files">, path: string): AsyncGenerator<Uint8Array> {
  const reader = await files.open(path);
  try {
    for (let position = 0; position < reader.sizeBytes; position += copyBytes) {
      yield await reader.read(position, Math.min(copyBytes, reader.sizeBytes - position));
    }
  } finally {
    await reader.close();
  }
}

async function* toBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
