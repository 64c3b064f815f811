import type { Segment, Transcript } from "../transcript/transcript.ts";
import { toJson } from "./document.ts";
import { segmentDocument } from "./json.ts";
import type { SegmentLines } from "./segment-lines.ts";

/** A transcript as JSON Lines: a segment a line, with the keys and units of the json format. */
export function renderJsonl({ segments, source }: Transcript): string {
  return segments.map((segment) => segmentLine(segment, source.path)).join("\n");
}

/** The same as it grows. */
export class JsonLines implements SegmentLines {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  add(segment: Segment): string {
    return `${segment.id === 0 ? "" : "\n"}${segmentLine(segment, this.path)}`;
  }

  /** A summary is of no segment. */
  end(): string {
    return "";
  }
}

/** A segment as a line that tells of which file it is, so that lines of several files can be mixed. */
function segmentLine(segment: Segment, path: string): string {
  return toJson({ file: path, ...segmentDocument(segment) });
}
