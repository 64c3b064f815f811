/**
 * Text of a model as it may reach a terminal: without control characters other than newline
 * and tab, so that no escape sequence in it does anything.
 */
export function cleanText(untrusted: string): string {
  return untrusted.replace(controlCharacters, "");
}

/** The same as one line: a segment is one, whatever a model breaks it into. */
export function oneLine(untrusted: string): string {
  return cleanText(untrusted).replace(/\s+/g, " ").trim();
}

const controlCharacters = /(?![\t\n])\p{Cc}/gu;
