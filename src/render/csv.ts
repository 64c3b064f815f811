import type { Segment, Speaker, Transcript } from "../transcript/transcript.ts";
import { fixedSeconds } from "./rttm.ts";
import { speakerName } from "./speaker-name.ts";

/**
 * A transcript as CSV (RFC 4180, but for lines that end in LF as all of gaudio's do): times in seconds, speakers by
 * name, empty where there is none.
 */
export function renderCsv({ segments, speakers }: Transcript): string {
  return ["start,end,speaker,text", ...segments.map((segment) => row(segment, speakers))].join("\n");
}

function row({ start, end, speaker, text }: Segment, speakers: readonly Speaker[]): string {
  const times = [start, end].map((time) => (time === null ? "" : fixedSeconds(time)));
  const name = speaker === null ? "" : speakerName(speaker, speakers);
  return [...times, cell(name), cell(text)].join(",");
}

function cell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * What a spreadsheet runs when it opens the file (OWASP, CSV Injection): a text that anybody may have said, or
 * be called. An apostrophe before it makes it a text. White space and quotes do not hide it from every reader.
 */
const formula = /^[\s"']*[=+\-@＝＋－＠]|^["']*[\t\r\n]/;
