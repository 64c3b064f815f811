import type { Format } from "../invocation.ts";
import { clockTime } from "../timecode.ts";
import type { Sample } from "../transcript/samples.ts";
import { printDocument } from "./document.ts";
import { printable } from "./printable.ts";
import { speakerName } from "./speaker-name.ts";
import { renderTable } from "./table.ts";
import { toSeconds } from "./time.ts";

/** A speaker, and the file of their clip. */
export interface SpeakerClip extends Sample {
  /** Null when there is no clip. */
  readonly file: string | null;
}

interface SpeakerClips {
  readonly clips: readonly SpeakerClip[];
  readonly warnings: readonly string[];
}

/** Every format of who speaks, and where that can be heard. The text of nobody is empty. */
export const speakerRenderers = {
  text: ({ clips }) => {
    const speakers = clips.map(({ speaker }) => speaker);
    const rows = clips.map(({ speaker, span, file }) => [
      printable(speaker.id),
      span === null ? "-" : clockTime(span.start),
      span === null ? "-" : clockTime(span.end),
      printable(file ?? "-"),
      printable(speakerName(speaker.id, speakers)),
    ]);
    return renderTable(["SPEAKER", "FROM", "TO", "FILE", "NAME"], rows);
  },
  json: ({ clips, warnings }) =>
    printDocument({
      speakers: clips.map(({ speaker, span, file }) => ({
        id: speaker.id,
        name: speaker.name,
        file,
        start: toSeconds(span?.start ?? null),
        end: toSeconds(span?.end ?? null),
      })),
      warnings,
    }),
} as const satisfies Record<Format, (clips: SpeakerClips) => string>;
