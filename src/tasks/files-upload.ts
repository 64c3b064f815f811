import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { readKey } from "../gemini/key.ts";
import type { RemoteFile } from "../gemini/remote-file.ts";
import type { Access, FilesUpload, Format } from "../invocation.ts";
import { chooseDelivery } from "../plan/delivery.ts";
import { formatDuration } from "../plan/duration.ts";
import { uploadRenderers } from "../render/files.ts";
import type { World } from "../world.ts";
import { deleteLeftovers, withUploaded } from "./deliver.ts";
import { failureOfSome } from "./failure-of-some.ts";
import { factsOf } from "./file-facts.ts";
import { localInputs, probeOrFail, warningsOf, withInputs } from "./inputs.ts";
import { makePieces, type ReadyPiece } from "./pieces.ts";
import { printLines } from "./print.ts";
import type { Progress } from "./progress.ts";
import { reach } from "./reach.ts";
import { planSendable } from "./sendable.ts";

interface Uploading extends FilesUpload {
  readonly access: Access;
  readonly format: Format;
}

/**
 * Uploads recordings, made ready as they would be for a model, so that they stay, and prints their names.
 * Errors: Failure `input`, `usage`, `key`, `limit` before anything is sent; `partial` when some could not
 * be uploaded, that of all of them when they failed alike; `output`.
 */
export async function uploadFiles(world: World, uploading: Uploading, progress: Progress): Promise<void> {
  const { sources, preparing, access } = uploading;
  const wanted = { sources, fetching: { ...access, ...preparing }, progress };
  await withInputs(world, wanted, async (inputs, workspace) => {
    const local = localInputs(inputs, "files upload reads local files");
    const probed = await probeOrFail(world, { inputs: local, preparing }, progress);
    const audios = await Promise.all(probed.map((audio) => planSendable(world, audio, preparing)));
    const key = await readKey(world, access.keyFile);
    const ready = await makePieces(world, audios, { workspace, progress });
    for (const { audio, piece } of ready) {
      const sizes = [piece.sizeBytes];
      chooseDelivery({ audios: [audio], sizes, delivery: "upload", prompt: "" });
    }
    const warnings = [...warningsOf(audios), ...ready.flatMap(({ notes }) => notes)];
    for (const warning of warnings) progress.warn(warning);
    const client = await reach(world, { key, access }, progress);
    const cleaned = deleteLeftovers(world, client, progress);
    try {
      await uploadAll(world, { ...uploading, client, ready }, progress);
    } finally {
      await cleaned;
    }
  });
}

interface Sending extends Uploading {
  readonly client: Client;
  readonly ready: readonly ReadyPiece[];
}

/** One after the other: they share one line to the service. A name is printed as soon as it stands. */
async function uploadAll(
  world: World,
  { client, ready, displayName, format }: Sending,
  progress: Progress,
): Promise<void> {
  const uploaded: RemoteFile[] = [];
  const failures: Failure[] = [];
  for (const one of ready) {
    const delivery = { client, ready: [one], keepUpload: true, displayName, progress };
    const files = await withUploaded(world, delivery, async (files) => files).catch((thrown: unknown) => {
      if (!(thrown instanceof Failure)) throw thrown;
      failures.push(thrown);
      return [];
    });
    uploaded.push(...files);
    progress.pause();
    if (format === "text") await printLines(world, uploadRenderers.text(files.map(factsOf)));
    for (const { name } of files) progress.detail(useOf(name, one));
  }
  if (format === "json") await printLines(world, uploadRenderers.json(uploaded.map(factsOf)));
  const failure = failureOfSome(failures, { count: ready.length, what: "uploaded" }, progress);
  if (failure !== null) throw failure;
}

/** How an upload is used: with its recording at hand, it is found by itself. */
function useOf(name: string, { audio: { path, range } }: ReadyPiece): string {
  const length = formatDuration(range.end - range.start);
  return `use ${nameOf(path)} as before, or without it: gaudio transcribe ${name} --assume-duration ${length}`;
}
