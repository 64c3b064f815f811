import type { Source } from "../audio/source.ts";
import type { Part } from "../gemini/model.ts";
import type { Asking } from "../invocation.ts";
import { routeInstructions } from "../plan/route.ts";
import { assertSettings } from "../plan/settings.ts";
import type { Replies } from "../transcript/reply.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { withInputs } from "./inputs.ts";
import { planInputs } from "./plan-inputs.ts";
import { assertAddress, prepare } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import { instructed, type Question } from "./question.ts";
import type { Reading } from "./readings.ts";
import { makeReady } from "./ready.ts";
import { reply } from "./reply.ts";
import { readTold } from "./told.ts";

/** One of the questions about recordings. */
interface Wish {
  /** As the user put it; null where the command itself asks. */
  readonly question: string | null;
  /** What the model is told behind so many recordings. */
  readonly instruct: (recordings: number) => string;
}

/** Questions about recordings, each answered by itself. */
export interface Inquiry {
  readonly asking: Asking;
  readonly sources: readonly Source[];
  /** One at least. */
  readonly wishes: readonly Wish[];
  readonly reading: Reading;
  /** How long each answer is expected to be, in tokens. */
  readonly outputTokens: number;
  /** How long the recordings are kept in the service's cache, if that pays; null for not at all. */
  readonly cache: Seconds | null;
  /** The replies in the format that was asked for. */
  readonly render: (replies: Replies) => string;
}

/**
 * Prints or writes what a model answers about recordings, all of them in one prompt. They are brought to the
 * service once, however many questions there are.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export async function inquire(world: World, inquiry: Inquiry, progress: Progress): Promise<void> {
  const started = world.now();
  const { sources, wishes, reading, outputTokens } = inquiry;
  const asking = wishes.length > 1 ? sentOnce(inquiry.asking) : inquiry.asking;
  const choice = routeInstructions(asking);
  assertSettings(choice.model, asking);
  const system = await readTold(world, asking.system);
  const request = { ...instructed({ asking, system, choice }), schema: reading.schema };
  assertAddress(world, asking);
  await withInputs(world, { sources, fetching: asking, progress }, async (inputs, workspace) => {
    const audios = await planInputs(world, { inputs, preparing: asking }, progress);
    const questions = wishes.map(
      ({ instruct }): Question => ({
        choice,
        audios,
        compose: (recordings) => ({
          ...request,
          parts: [...named(recordings), { kind: "text", text: instruct(recordings.length) }],
        }),
        outputTokens: () => outputTokens,
      }),
    );
    const prepared = await prepare(world, { asking, questions, whole: [], inputs, started }, progress);
    if (prepared === null) return;
    const ready = await makeReady(world, audios, { ...prepared, workspace, progress });
    const failure = await reply(world, { inquiry, prepared, audios, ready }, progress);
    if (failure !== null) throw failure;
  });
}

/** What several questions are about is uploaded, unless the user says otherwise: else each would carry it. */
export function sentOnce(asking: Asking): Asking {
  return asking.delivery === "auto" ? { ...asking, delivery: "upload" } : asking;
}

/** Recordings are named by their order: their files' names are nobody's business but the user's. */
export function named(recordings: readonly Part[]): Part[] {
  if (recordings.length === 1) return [...recordings];
  return recordings.flatMap((recording, index): Part[] => [
    { kind: "text", text: `Recording ${index + 1}:` },
    recording,
  ]);
}
