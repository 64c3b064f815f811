import { createHash } from "node:crypto";
import type { Api } from "../invocation.ts";
import type { Seconds } from "../units.ts";

/** What of a recording was asked about, and as what it was sent. */
interface AskedPart {
  readonly start: Seconds;
  readonly end: Seconds;
  /** Which channel alone, from 0; null for all. */
  readonly channel: number | null;
  /** Which audio track, from 0; null for the first. */
  readonly track: number | null;
  readonly sending: { readonly kind: string; readonly mimeType: string };
  /** The ranges of the recording that are in what was sent, one behind the other; none where all of the part is. */
  readonly clips: readonly { readonly start: Seconds; readonly end: Seconds }[];
}

/** A question to a model; all of it counts but the audio among its parts. */
interface AskedRequest {
  readonly model: string;
  readonly parts: readonly { readonly kind: string }[];
}

/** All that decides what an answer is about. How the transcript is rendered later is none of it. */
export interface AnswerIdentity {
  /** The SHA-256 of the recording's bytes, in hex. */
  readonly contentDigest: string;
  readonly baseUrl: string;
  readonly api: Api;
  /** Where the audio was uploaded to differs each time, and is left out. */
  readonly request: AskedRequest;
  readonly part: AskedPart;
  /** How often the same was asked before, because the answer was not believed. */
  readonly attempt: number;
}

/** The name of an answer in the journal: a SHA-256 in hex, the same for the same question in every run. */
export function answerKey({ contentDigest, baseUrl, api, request, part, attempt }: AnswerIdentity): string {
  const { start, end, channel, track, sending, clips } = part;
  const identity = {
    contentDigest,
    baseUrl,
    api,
    request: { ...request, parts: request.parts.filter(({ kind }) => kind === "text") },
    part: {
      ...{ start, end, channel, track, kind: sending.kind, mimeType: sending.mimeType },
      ...(clips.length > 0 && { clips: clips.map((clip) => ({ start: clip.start, end: clip.end })) }),
    },
    attempt,
  };
  return createHash("sha256").update(canonicalJson(identity)).digest("hex");
}

/** JSON that does not depend on the order in which an object's properties were set. */
function canonicalJson(value: object): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
