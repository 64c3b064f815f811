import type { Format } from "../invocation.ts";
import { printDocument } from "./document.ts";
import { printable } from "./printable.ts";
import { renderRows } from "./rows.ts";
import { renderTable } from "./table.ts";

/** A recording of which answers are kept, as it is printed. */
export interface RecordingFacts {
  readonly digest: string;
  /** Null when nobody knows. */
  readonly name: string | null;
  readonly answers: number;
  readonly sizeBytes: number;
  /** When the newest was kept, in milliseconds since the epoch. */
  readonly newestMs: number;
}

/** What clearing the journal came to. */
export interface Clearing {
  readonly recordings: readonly RecordingFacts[];
  readonly answers: number;
  readonly sizeBytes: number;
}

/** Every format of a list of recordings. The text of an empty one is empty. */
export const recordingListRenderers = {
  text: (recordings) => renderTable(columns, recordings.map(cellsOf)),
  json: (recordings) => printDocument({ recordings: recordings.map(documentOf) }),
} as const satisfies Record<Format, (recordings: readonly RecordingFacts[]) => string>;

/** Every format of what was cleared. */
export const clearingRenderers = {
  text: ({ recordings, answers, sizeBytes }) =>
    renderRows([
      ["recordings", String(recordings.length)],
      ["answers", String(answers)],
      ["bytes freed", String(sizeBytes)],
    ]),
  json: ({ recordings, answers, sizeBytes }) =>
    printDocument({ recordings: recordings.map(documentOf), answers, bytes: sizeBytes }),
} as const satisfies Record<Format, (clearing: Clearing) => string>;

const columns = ["DIGEST", "ANSWERS", "BYTES", "NEWEST", "RECORDING"];

function cellsOf({ digest, name, answers, sizeBytes, newestMs }: RecordingFacts): string[] {
  const newest = timeOf(newestMs).replace(/\.\d+Z$/, "Z");
  return [digest, String(answers), String(sizeBytes), newest, name === null ? "unknown" : printable(name)];
}

function documentOf({ digest, name, answers, sizeBytes, newestMs }: RecordingFacts) {
  return { name, digest, answers, bytes: sizeBytes, newest: timeOf(newestMs) };
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
