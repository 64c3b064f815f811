import type { Segment } from "../transcript/transcript.ts";
import { endsParagraph } from "../transcript/untimed.ts";
import type { SegmentLines } from "./segment-lines.ts";
import { TextLines } from "./text.ts";

/** A plain text as it grows: a line a paragraph. */
export class ParagraphLines implements SegmentLines {
  private before: Segment | null = null;

  add(segment: Segment): string {
    const { before } = this;
    this.before = segment;
    if (before === null) return segment.text;
    return `${endsParagraph(before, segment) ? "\n" : " "}${segment.text}`;
  }

  end(summary: string | null): string {
    return new TextLines().end(summary);
  }
}
