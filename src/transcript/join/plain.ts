import type { Segment, Spoken } from "../transcript.ts";
import type { Seam } from "./seam.ts";
import { joinTexts, type Token } from "./seam-tokens.ts";

/** A window's words that stay, and the seam before them; null for the first. */
export interface PlainPart {
  readonly seam: Seam | null;
  readonly tokens: readonly Token[];
  readonly segments: readonly Segment[];
}

/** Whether it is but a text: nothing is known of times and speakers. */
export function isPlain({ segments }: Spoken): boolean {
  return (
    segments.length <= 1 &&
    segments.every(
      ({ start, speaker, words }) => start === null && speaker === null && (words ?? []).length === 0,
    )
  );
}

/** The one segment of a window that is but a text, with its lines. */
export function plainSegments({ text, segments }: Spoken): Segment[] {
  const [segment] = segments;
  const whole = text.trim();
  return whole === "" ? [] : [{ ...(segment ?? bare), text: whole }];
}

const bare: Segment = {
  id: 0,
  start: null,
  end: null,
  text: "",
  speaker: null,
  language: null,
  translation: null,
  emotion: null,
  words: null,
};

/** One text of several, with their lines, and its segment. */
export function joinPlain(parts: readonly PlainPart[]): Pick<Spoken, "text" | "segments"> {
  const text = joinLines(parts);
  const first = parts.flatMap(({ segments }) => segments)[0];
  return { text, segments: first === undefined ? [] : [{ ...first, id: 0, text }] };
}

/** Where windows do not agree, a line begins. */
function joinLines(parts: readonly PlainPart[]): string {
  let whole = "";
  for (const { seam, tokens } of parts) {
    const text = tokens.map((token) => token.text).join("");
    if (text === "") continue;
    const space = /\s*$/.exec(whole)?.[0] ?? "";
    if (seam !== null && seam.kind !== "agreed") whole = `${whole.trimEnd()}\n${text}`;
    else whole = space.includes("\n") ? whole + text : joinTexts(whole.trimEnd(), text);
  }
  return whole.trim();
}
