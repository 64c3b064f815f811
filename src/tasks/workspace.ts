import { Failure, systemReason } from "../failure.ts";
import type { World } from "../world.ts";

/** A private folder for a run's temporary files, made when it is first needed. */
export interface Workspace {
  readonly directory: () => Promise<string>;
}

/** Gives `use` a workspace, and removes it with all that is in it, however `use` ends. */
export async function withWorkspace<T>(
  { files }: Pick<World, "files">,
  use: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  let made: Promise<string> | null = null;
  const directory = () => {
    made ??= files.makeTemporaryDirectory().catch((thrown: unknown) => {
      throw temporaryFailure("no temporary folder can be made", thrown);
    });
    return made;
  };
  try {
    return await use({ directory });
  } finally {
    // One that could not be made was told of where it was needed.
    const path = made === null ? null : await Promise.resolve<string>(made).catch(() => null);
    if (path !== null) await files.removeDirectory(path);
  }
}

/** A Failure for what cannot be kept in a temporary file. */
export function temporaryFailure(what: string, thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure("input", `${what}: ${systemReason(thrown)}`, {
    hint: "make room in the temporary folder, or set TMPDIR to one that has room",
    cause: thrown,
  });
}
