import type { Segment, Transcript } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";
import { field, fixedSeconds, recordingUri } from "./rttm.ts";

/**
 * When each word is said, as NIST's CTM (SCTK, doc/infmts.htm): `file channel start duration word`, in order of the
 * starts. A confidence may stand behind it, and is left out: no model of Gemini tells one. Words without times are
 * left out.
 */
export function renderCtm({ segments, source }: Transcript): string {
  const uri = recordingUri(source.path);
  return segments
    .flatMap(timedWords)
    .toSorted((a, b) => a.start - b.start)
    .map(({ text, start, end }) => {
      const length = fixedSeconds(Math.max(0, end - start));
      return `${uri} 1 ${fixedSeconds(start)} ${length} ${field(text)}`;
    })
    .join("\n");
}

interface TimedWord {
  readonly text: string;
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

function timedWords({ words }: Segment): TimedWord[] {
  return (words ?? []).flatMap(({ text, start, end }) => {
    const bare = text.trim();
    return bare === "" || start === null || end === null ? [] : [{ text: bare, start, end }];
  });
}
