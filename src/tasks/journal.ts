import { Failure, type FailureKind, systemCode, systemReason } from "../failure.ts";
import type { Format, JournalInvocation } from "../invocation.ts";
import { answersDirectory } from "../journal/answer-files.ts";
import { clearAnswers, type KeptRecording, listAnswers } from "../journal/recordings.ts";
import { clearingRenderers, recordingListRenderers } from "../render/journal.ts";
import { printable } from "../render/printable.ts";
import type { World } from "../world.ts";
import { printLines } from "./print.ts";
import type { Progress } from "./progress.ts";

/**
 * Lists or clears the answers that are kept on this machine. Nothing is sent.
 * Errors: Failure `usage` for a recording of which nothing is kept, before anything is removed; `input` when the
 * journal cannot be read, `output` when something in it cannot be removed, or nothing be printed.
 */
export async function manageJournal(
  world: World,
  { action, format }: JournalInvocation,
  progress: Progress,
): Promise<void> {
  const kept = await orFail(world, listAnswers(world), { kind: "input", what: "read" });
  progress.pause();
  switch (action.kind) {
    case "list":
      return printLines(world, recordingListRenderers[format](kept));
    case "clear":
      return clear(world, format, recordingsNamed(kept, action.recordings));
  }
}

async function clear(world: World, format: Format, recordings: readonly KeptRecording[]): Promise<void> {
  const clearing = clearAnswers(world, recordings);
  const freed = await orFail(world, clearing, { kind: "output", what: "removed" });
  await printLines(world, clearingRenderers[format]({ recordings, ...freed }));
}

/** All that are called by a name or digest; of no names, all. */
function recordingsNamed(kept: readonly KeptRecording[], names: readonly string[]): readonly KeptRecording[] {
  if (names.length === 0) return kept;
  const unknown = names.find((name) => !kept.some((recording) => isCalled(recording, name)));
  if (unknown === undefined) {
    return kept.filter((recording) => names.some((name) => isCalled(recording, name)));
  }
  throw new Failure("usage", `${unknown}: no answers are kept of a recording of that name or digest`, {
    hint: "gaudio journal list shows what is kept",
    file: unknown,
  });
}

/** A name can be given as it is, or as it was shown. */
function isCalled({ digest, name }: KeptRecording, called: string): boolean {
  return digest === called || (name !== null && (name === called || printable(name) === called));
}

interface Doing {
  readonly kind: FailureKind;
  readonly what: "read" | "removed";
}

/** Who asks for the journal itself shall hear of it when the system refuses. */
async function orFail<T>(world: World, doing: Promise<T>, { kind, what }: Doing): Promise<T> {
  try {
    return await doing;
  } catch (thrown) {
    if (systemCode(thrown) === null) throw thrown;
    throw new Failure(kind, `the kept answers cannot be ${what}: ${systemReason(thrown)}`, {
      hint: `they are files in ${answersDirectory(world)}: check its permissions, or remove it`,
      cause: thrown,
    });
  }
}
