import { nameOf } from "../audio/source.ts";
import { readTranscript } from "../transcript/read/read-transcript.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { World } from "../world.ts";
import { readText } from "./told.ts";

/** A transcript of a day, with every word's times, is some ten megabytes. */
const longestBytes = 200_000_000;

/** Reads a transcript from a file, called by what the user typed. Errors: Failure `input` for what is none. */
export async function readTranscriptFile(
  world: Pick<World, "files">,
  { path, file }: { readonly path: string; readonly file: string },
): Promise<Transcript> {
  const name = nameOf(path);
  return readTranscript(await readText(world, { path: file, name, longestBytes }), { path: name });
}
