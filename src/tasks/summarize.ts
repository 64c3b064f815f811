import type { Part } from "../gemini/model.ts";
import type { SummarizeInvocation } from "../invocation.ts";
import { routeInstructions } from "../plan/route.ts";
import { assertSettings } from "../plan/settings.ts";
import { summaryRenderers } from "../render/renderers.ts";
import type { World } from "../world.ts";
import { ask, assertAddress, prepare } from "./ask.ts";
import { withInputs } from "./inputs.ts";
import { sourceFacts } from "./making.ts";
import { planInputs } from "./plan-inputs.ts";
import type { Progress } from "./progress.ts";
import { instructed, type Question } from "./question.ts";
import { makeReady } from "./ready.ts";
import { type Received, receiveText, writeSilence } from "./receive.ts";
import { readTold } from "./told.ts";

/** A summary is short, however long the recordings are. */
const summaryTokens = 800;

/**
 * Prints or writes what recordings are about, all of them in one prompt.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export async function summarize(
  world: World,
  invocation: SummarizeInvocation,
  progress: Progress,
): Promise<void> {
  const { asking, sources } = invocation;
  const started = world.now();
  const choice = routeInstructions(asking);
  assertSettings(choice.model, asking);
  const system = await readTold(world, asking.system);
  const request = { ...instructed({ asking, system, choice }), schema: null };
  assertAddress(world, asking);
  await withInputs(world, sources, async (inputs, workspace) => {
    const audios = await planInputs(world, { inputs, preparing: asking }, progress);
    const question: Question = {
      choice,
      audios,
      compose: (recordings) => ({ ...request, parts: composeSummary(recordings, asking.prompt) }),
      outputTokens: () => summaryTokens,
    };
    const prepared = await prepare(
      world,
      { asking, questions: [question], whole: [], inputs, started },
      progress,
    );
    const [first] = prepared?.requests ?? [];
    if (prepared === null || first === undefined) return;
    const ready = await makeReady(world, audios, { ...prepared, workspace, progress });
    const render = ({ text, making }: Received) =>
      summaryRenderers[asking.format]({ text, sources: ready.map((one) => sourceFacts(one)), making });
    const receiving = { prepared, plan: first.plan, ready, render };
    if (ready.every(({ isSilent }) => isSilent)) return writeSilence(world, receiving, progress);
    const failure = await ask(world, { ...first, prepared, make: async () => ready }, progress, (put) =>
      receiveText(world, receiving, put, progress),
    );
    if (failure !== null) throw failure;
  });
}

/** Recordings are named by their order: their files' names are nobody's business but the user's. */
function composeSummary(recordings: readonly Part[], prompt: string | null): Part[] {
  const isOne = recordings.length === 1;
  const instructions = [
    isOne ? "Summarize this recording." : `Summarize these ${recordings.length} recordings together.`,
    "Say what it is about, who says what, and what is decided or left open, in the language that is spoken.",
    ...(isOne ? [] : ["Call each by its number, as in Recording 1."]),
    "Answer with the summary and nothing else.",
    ...(prompt === null ? [] : [prompt]),
  ].join("\n");
  const named = recordings.flatMap((recording, index): Part[] =>
    isOne ? [recording] : [{ kind: "text", text: `Recording ${index + 1}:` }, recording],
  );
  return [...named, { kind: "text", text: instructions }];
}
