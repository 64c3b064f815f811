const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\e" };

/**
 * A file's name, or anything else that came from outside, as one line of a terminal:
 * control characters are written as escapes, so that a newline or an escape sequence is seen, not obeyed.
 */
export function printable(untrusted: string): string {
  return untrusted.replace(/\p{Cc}/gu, (character) => named[character] ?? hexEscape(character));
}

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
