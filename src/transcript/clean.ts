/**
 * Text of a model as it may reach a terminal: without control characters other than newline and tab, so that no
 * escape sequence in it does anything, and without those that turn the direction of what follows. Joiners stay:
 * emoji and scripts need them.
 */
export function cleanText(untrusted: string): string {
  return untrusted.replace(/\r\n?/g, "\n").replace(controlCharacters, "");
}

/** The same as one line: a segment is one, whatever a model breaks it into. */
export function oneLine(untrusted: string): string {
  return cleanText(untrusted).replace(/\s+/g, " ").trim();
}

/** The same of text as it arrives, piece by piece: a line's end may be cut in two. */
export class TextCleaner {
  private isInLineEnd = false;

  add(untrusted: string): string {
    const rest = this.isInLineEnd && untrusted.startsWith("\n") ? untrusted.slice(1) : untrusted;
    if (untrusted !== "") this.isInLineEnd = untrusted.endsWith("\r");
    return cleanText(rest);
  }
}

/** The overrides, embeddings and isolates of Unicode's bidirectional algorithm (UAX #9) are the latter ranges. */
const controlCharacters = /(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;
