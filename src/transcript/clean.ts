/**
 * Text of a model as it may reach a terminal: without control characters other than newline
 * and tab, so that no escape sequence in it does anything.
 */
export function cleanText(untrusted: string): string {
  return untrusted.replace(controlCharacters, "");
}

/** C0 but for tab and newline, DEL, and C1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: to remove them, they must be named.
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
