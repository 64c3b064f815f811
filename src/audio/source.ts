/** Where a recording comes from. */
export type Source =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stdin" }
  | Link
  | Video;

/** An address from which a recording is downloaded. */
export interface Link {
  readonly kind: "link";
  /** As it is asked for. It may hold a password, or a token in its query: it is never printed. */
  readonly url: string;
  /** What it is called: the address without credentials, query and fragment. */
  readonly path: string;
}

/** A video on YouTube, which the service hears where it is. */
export interface Video {
  readonly kind: "video";
  /** As the service is given it. */
  readonly url: string;
  /** What it is called. */
  readonly path: string;
}

/** What the user typed for a source: its path, or `-`; of a link, as much as may be printed. */
export function pathOf(source: Source): string {
  return source.kind === "stdin" ? "-" : source.path;
}

/** How a recording is called in messages, by what the user typed for it. */
export function nameOf(path: string): string {
  return path === "-" ? "stdin" : path;
}

/** Whether a text is `files/<id>`, as files are named on the service [doc]. */
export function isRemoteName(text: string): boolean {
  return /^files\/(?=.{1,40}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text);
}
