import type { Link, Video } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import { readVideo } from "./youtube.ts";

/** What can be named instead of what cannot. */
const supported =
  "name a file, - for stdin, files/<id> of an upload, an https link, or one to YouTube; what another program can fetch, pipe in: ... | gaudio transcribe -";

/**
 * Reads a link; null for what is none. Nothing of one that is refused is repeated but its scheme: it may hold secrets.
 * Errors: Failure `usage` for an address that nothing is downloaded from.
 */
export function readLink(argument: string): Link | Video | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(argument)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  if (scheme !== "https" && scheme !== "http") throw unsupported(scheme);
  if (!URL.canParse(argument)) {
    throw new Failure("usage", `this ${scheme}:// link is none that can be read`, {
      hint: "put it in quotes, as your browser shows it",
    });
  }
  const url = new URL(argument);
  return readVideo(url) ?? { kind: "link", url: url.href, path: printableAddress(url) };
}

/** An address without what may be secret: credentials, query and fragment. */
export function printableAddress({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function unsupported(scheme: string): Failure {
  if (scheme === "file") {
    return new Failure("usage", "file:// links are not read", { hint: "name the file by its path" });
  }
  return new Failure("usage", `${scheme}:// links are not supported`, {
    hint: scheme === "gs" ? supported.replace("...", "gcloud storage cat <link>") : supported,
  });
}
