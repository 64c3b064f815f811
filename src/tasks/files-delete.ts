import pMap from "p-map";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { removeFile } from "../gemini/files.ts";
import type { Format } from "../invocation.ts";
import { forgetUpload } from "../journal/uploads.ts";
import { deletionRenderers } from "../render/files.ts";
import type { World } from "../world.ts";
import { failureOfSome } from "./failure-of-some.ts";
import { printLines } from "./print.ts";
import type { Progress } from "./progress.ts";

interface Deleting {
  readonly client: Client;
  readonly format: Format;
  readonly names: readonly string[];
}

type Outcome =
  | { readonly kind: "deleted" | "gone"; readonly name: string }
  | { readonly kind: "failed"; readonly name: string; readonly failure: Failure };

const deletesAtOnce = 4;

/**
 * Deletes files from the service, and prints those that were deleted.
 * Errors: Failure `partial` when some could not be; that of all of them when they failed alike.
 */
export async function deleteFiles(
  world: World,
  { client, format, names }: Deleting,
  progress: Progress,
): Promise<void> {
  const outcomes = await pMap(names, (name) => deleteOne(world, client, name), {
    concurrency: deletesAtOnce,
    signal: world.signal,
  });
  const named = (kind: Outcome["kind"]) =>
    outcomes.filter((one) => one.kind === kind).map(({ name }) => name);
  const failures = outcomes.flatMap((one) => (one.kind === "failed" ? [one.failure] : []));
  progress.pause();
  const failed = failures.map(({ message, file }) => ({ name: file ?? "", error: message }));
  await printLines(
    world,
    deletionRenderers[format]({ deleted: named("deleted"), gone: named("gone"), failed }),
  );
  for (const name of named("gone")) progress.warn(`${name}: it was gone already, or is not this key's`);
  const failure = failureOfSome(failures, { count: names.length, what: "deleted" }, progress);
  if (failure !== null) throw failure;
}

async function deleteOne(world: World, client: Client, name: string): Promise<Outcome> {
  try {
    const isDeleted = await removeFile(client, name, world.signal);
    // What is not there for this key may be another's, whose run remembers it.
    if (isDeleted) await forgetUpload(world, name);
    return { kind: isDeleted ? "deleted" : "gone", name };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { kind: "failed", name, failure: thrown.about(name) };
  }
}
