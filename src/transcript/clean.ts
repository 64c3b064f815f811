/**
 * Text of a model as it may reach a terminal: without control characters other than newline
 * and tab, so that no escape sequence in it does anything.
 */
export function cleanText(untrusted: string): string {
  return untrusted.replace(controlCharacters, "");
}

const controlCharacters = /(?![\t\n])\p{Cc}/gu;
