import type { Segment, SoundEvent, Transcript } from "../transcript/transcript.ts";

/** What stands in a turn. */
export type TurnPart =
  | { readonly kind: "segment"; readonly segment: Segment }
  | { readonly kind: "event"; readonly event: SoundEvent };

/** What one speaker says until another does, with the sounds in between. */
export interface Turn {
  /** Null for nobody known. */
  readonly speaker: string | null;
  readonly parts: readonly TurnPart[];
}

/** A transcript by turns, in its order. A sound stands before the first segment that begins after it, and ends no turn. */
export function turnsOf({ segments, events }: Pick<Transcript, "segments" | "events">): Turn[] {
  const turns = new OpenTurns(events ?? []);
  for (const segment of segments) {
    if (segment.start !== null) turns.addEventsUntil(segment.start);
    turns.addSegment(segment);
  }
  turns.addEventsUntil(Number.POSITIVE_INFINITY);
  return turns.all;
}

class OpenTurns {
  readonly all: { speaker: string | null; parts: TurnPart[] }[] = [];
  private told = 0;
  private readonly events: readonly SoundEvent[];

  constructor(events: readonly SoundEvent[]) {
    this.events = events;
  }

  addSegment(segment: Segment): void {
    const latest = this.all.at(-1);
    const part = { kind: "segment", segment } as const;
    if (latest !== undefined && latest.speaker === segment.speaker) latest.parts.push(part);
    else this.all.push({ speaker: segment.speaker, parts: [part] });
  }

  addEventsUntil(time: number): void {
    for (let event = this.events[this.told]; event !== undefined; event = this.events[this.told]) {
      if ((event.start ?? 0) >= time) return;
      this.addEvent(event);
      this.told += 1;
    }
  }

  private addEvent(event: SoundEvent): void {
    const part = { kind: "event", event } as const;
    const latest = this.all.at(-1);
    if (latest === undefined) this.all.push({ speaker: null, parts: [part] });
    else latest.parts.push(part);
  }
}
