import type { Seconds } from "../../units.ts";
import type { Reader } from "../../world.ts";

/** Something about a file that its reader should know. */
export type Flaw =
  /** What the file's header says of its length is not what is there. */
  | { readonly kind: "misstated"; readonly stated: Seconds; readonly measured: Seconds }
  /** The file ends before its audio does. */
  | { readonly kind: "truncated" }
  /** Bytes between or around the audio that are neither audio nor a tag. */
  | { readonly kind: "garbage"; readonly bytes: number }
  /** Another recording follows behind this one in the file, which is not counted. */
  | { readonly kind: "joined" }
  /** Parts of the audio are missing in the middle. */
  | { readonly kind: "gap" }
  /** There is more than one audio stream at the same time: the first one counts, unless another was chosen. */
  | { readonly kind: "streams"; readonly count: number }
  /** Its packets could not be read: its length is what the header states, if anything. */
  | { readonly kind: "unmeasured"; readonly reason: string }
  /** The name's extension says another format than the content. */
  | { readonly kind: "mislabelled"; readonly extension: string };

/** Where a length comes from: what the headers state, what was counted, what ffmpeg decoded, or nowhere. */
export type DurationFrom = "header" | "scan" | "decode" | "unknown";

/** What walking through a file told. What it did not tell is null. */
export interface Walk {
  readonly codec: string | null;
  readonly channels: number | null;
  /** In Hz. */
  readonly sampleRate: number | null;
  readonly duration: Seconds | null;
  readonly durationFrom: DurationFrom;
  /** The length that the file's own header states, where it states one. */
  readonly stated: Seconds | null;
  readonly flaws: readonly Flaw[];
  /** Whether there are pictures beside the audio. */
  readonly hasVideo: boolean;
  /** How many audio tracks there are to choose from. */
  readonly tracks: number;
  /** How large the audio is, where there is more in the file than that. */
  readonly bytesPerSecond: number | null;
}

/** A piece of audio that can be cut at: where it lies, and when it sounds. */
export interface Frame {
  /** In bytes from the start of the file. */
  readonly offset: number;
  readonly length: number;
  /** When it begins in the recording as a decoder plays it: what an encoder put in front is below zero. */
  readonly time: Seconds;
  readonly duration: Seconds;
}

/** Who follows a walk. */
export interface Follower {
  /** Told of each frame, in order. */
  readonly onFrame?: (frame: Frame) => void;
  /** Told now and then how far the walk has come, in bytes. */
  readonly onAdvance?: (position: number) => void;
}

/** Walks through a file of one format. Errors: Failure `input` for what is not to be read as that. */
export type Walker = (reader: Reader, follower: Follower) => Promise<Walk>;

/** A walk that measured nothing. */
export const unknownWalk: Walk = {
  codec: null,
  channels: null,
  sampleRate: null,
  duration: null,
  durationFrom: "unknown",
  stated: null,
  flaws: [],
  hasVideo: false,
  tracks: 1,
  bytesPerSecond: null,
};

/** Rates outside of this are damage: no recorder has them. */
export function plausibleRate(rate: number): number | null {
  return rate >= 1_000 && rate <= 768_000 ? rate : null;
}
