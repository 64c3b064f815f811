// biome-ignore lint/style/noRestrictedImports: the hash of a text is no effect; WebCrypto's would make a renderer wait.
import { createHash } from "node:crypto";

/**
 * The Content-Security-Policy of a page that asks for nothing, and runs and looks as it was made: of scripts and
 * styles, only these are heard, whatever a transcript may smuggle in. Media come from files that the reader chooses.
 */
export function contentPolicy({
  script,
  style,
}: {
  readonly script: string;
  readonly style: string;
}): string {
  return [
    "default-src 'none'",
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    "media-src blob:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** A script's or a style's hash as a policy names it (CSP level 3, 2.3.1). */
export function sourceHash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
