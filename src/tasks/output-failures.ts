import { Failure, systemCode, systemReason } from "../failure.ts";

/** Told where a result would replace what it is made of. */
export function replacesRecording(path: string): Failure {
  return new Failure("usage", `${path}: the result would replace the recording itself`, {
    hint: "choose another name, or another folder",
    file: path,
  });
}

/** Told where a file is there already, and not to be overwritten. */
export function taken(path: string): Failure {
  return refused(path, "it exists already", "give --overwrite to replace it, or choose another name");
}

/** What the system refused, as a Failure `output`; `addition` tells what became of the result. */
export function unwritable(path: string, thrown: unknown, addition = ""): Failure {
  if (thrown instanceof Failure) return thrown;
  if (systemCode(thrown) === "EEXIST")
    return refused(path, `it exists already${addition}`, "give --overwrite to replace it");
  return refused(
    path,
    `${systemReason(thrown)}${addition}`,
    "check that the folder is there and can be written",
    thrown,
  );
}

/** Told of a result that cannot be written where it shall. */
export function refused(path: string, reason: string, hint: string, cause?: unknown): Failure {
  return new Failure("output", `${path}: cannot be written: ${reason}`, { hint, file: path, cause });
}
