import type { Segment, Speaker, Transcript } from "../transcript/transcript.ts";
import { printDocument } from "./document.ts";
import { speakerName } from "./speaker-name.ts";
import { toSeconds } from "./time.ts";

/**
 * A transcript as Podcasting 2.0's JSON (podcast-namespace, transcripts/transcripts.md): times in seconds, speakers
 * by name. The format knows no null: what is not known is left out.
 */
export function renderPodcast({ segments, speakers }: Transcript): string {
  return printDocument({
    version: "1.0.0",
    segments: segments.map((segment) => segmentDocument(segment, speakers)),
  });
}

function segmentDocument({ speaker, start, end, text }: Segment, speakers: readonly Speaker[]) {
  return {
    ...(speaker !== null && { speaker: speakerName(speaker, speakers) }),
    ...(start !== null && { startTime: toSeconds(start) }),
    ...(end !== null && { endTime: toSeconds(end) }),
    body: text,
  };
}
