import type { Segment, Speaker } from "../transcript/transcript.ts";

/** A transcript as it grows, segment by segment. */
export interface SegmentLines {
  /** What is put behind what there is, so that this segment stands in it. */
  add(segment: Segment, speakers: readonly Speaker[]): string;
  /** What stands behind the last segment. */
  end(summary: string | null): string;
}
