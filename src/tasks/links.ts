import { join } from "node:path";
import { type Link, nameOf, type Source } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Access, Preparing } from "../invocation.ts";
import { download } from "../links/download.ts";
import { uploadLimitBytes } from "../plan/limits.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";
import { temporaryFailure, type Workspace } from "./workspace.ts";

/** How links are downloaded. */
export type Fetching = Pick<Access, "timeoutMs" | "retries"> & Pick<Preparing, "allowPrivate">;

interface Fetched {
  readonly sources: readonly Source[];
  /** Null where links are not taken. */
  readonly fetching: Fetching | null;
  readonly workspace: Workspace;
  readonly progress: Progress;
}

/**
 * Downloads every link among the sources into the workspace, one after the other: they share one line. The files are
 * found by their links' addresses.
 * Errors: those of `download`, told of the link; Failure `usage` where links are not taken.
 */
export async function fetchLinks(
  world: World,
  { sources, fetching, workspace, progress }: Fetched,
): Promise<ReadonlyMap<string, string>> {
  const links = sources.filter((source) => source.kind === "link");
  const files = new Map<string, string>();
  for (const link of links) {
    if (fetching === null) throw notTaken(link);
    if (files.has(link.url)) continue;
    const file = join(await workspace.directory(), `link-${files.size}`);
    await fetchLink(world, { link, file, fetching }, progress);
    files.set(link.url, file);
  }
  return files;
}

async function fetchLink(
  world: World,
  { link, file, fetching }: { readonly link: Link; readonly file: string; readonly fetching: Fetching },
  progress: Progress,
): Promise<void> {
  const name = nameOf(link.path);
  try {
    await download(world, {
      ...fetching,
      url: link.url,
      file,
      limitBytes: uploadLimitBytes,
      onWait: (line) => progress.step(`${name}: ${line}`),
      onStart: (totalBytes) => progress.transfer(`downloading ${name}`, totalBytes),
    });
  } catch (thrown) {
    world.signal.throwIfAborted();
    throw temporaryFailure("the download cannot be kept in a temporary file", thrown).about(name);
  }
}

function notTaken({ path }: Link): Failure {
  const name = nameOf(path);
  return new Failure("usage", `${name}: a link is not read here`, {
    hint: "name a file, or - for stdin",
    file: name,
  });
}
