import type { Range } from "../audio/piece.ts";
import { choiceFor } from "../plan/route.ts";
import { toStretch } from "../transcript/coverage.ts";
import type { World } from "../world.ts";
import { notLocal } from "./inputs.ts";
import type { Hearing, PartQuestion } from "./part.ts";
import { planSendable } from "./sendable.ts";
import { transcriptQuestion } from "./transcript-question.ts";

/** What another question is about. */
export type About = Pick<PartQuestion, "wanted" | "whole" | "channels">;

/** The same for what only fills a hole: a summary is of a whole. */
export function withoutSummary({ wanted, whole, channels }: About): About {
  return { wanted: { ...wanted, summary: false }, whole, channels };
}

/**
 * The question about a range of what another question is about, to be put once.
 * Errors: Failure `input` for what cannot be sent.
 */
export async function questionAbout(
  world: World,
  { routing, prepared }: Hearing,
  { wanted, whole, range, channels }: About & { readonly range: Range },
): Promise<PartQuestion> {
  if (whole.kind !== "local") throw notLocal(whole, "a part of a recording is cut from a local file");
  const audio = await planSendable(world, whole, { ...wanted.asking, range }, whole.channel);
  const choice = choiceFor(routing, wanted, range.end - range.start);
  const request = prepared.requestOf(transcriptQuestion(wanted, choice, audio));
  return {
    wanted,
    whole,
    audio,
    request,
    channels,
    printer: null,
    mayAskAgain: () => false,
    isLast: false,
    isConfirming: false,
    expected: null,
    watched: toStretch(range),
  };
}
