import type { Part } from "../gemini/model.ts";
import type { SummarizeInvocation } from "../invocation.ts";
import { generalModelNamed } from "../plan/plan.ts";
import { summaryRenderers } from "../render/renderers.ts";
import type { World } from "../world.ts";
import { ask, assertAddress, prepare, type Question } from "./ask.ts";
import { withInputs } from "./inputs.ts";
import { sourceFacts } from "./making.ts";
import { planInputs } from "./plan-inputs.ts";
import type { Progress } from "./progress.ts";
import { makeReady } from "./ready.ts";
import { type Received, receiveText, writeSilence } from "./receive.ts";

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
  const model = generalModelNamed(asking.model);
  assertAddress(world, asking);
  await withInputs(world, sources, async (inputs, workspace) => {
    const audios = await planInputs(world, { inputs, preparing: asking }, progress);
    const question: Question = {
      model,
      audios,
      compose: (recordings) => composeSummary(recordings, asking.prompt),
      schema: null,
      outputTokens: () => summaryTokens,
    };
    const prepared = await prepare(world, { asking, questions: [question], inputs }, progress);
    const [request] = prepared?.requests ?? [];
    if (prepared === null || request === undefined) return;
    const ready = await makeReady(world, audios, { ...prepared, workspace, progress });
    const render = ({ text, making }: Received) =>
      summaryRenderers[asking.format]({ text, sources: ready.map((one) => sourceFacts(one)), making });
    const receiving = { asking, plan: request.plan, ready, render };
    if (ready.every(({ isSilent }) => isSilent)) return writeSilence(world, receiving, progress);
    const failure = await ask(world, { ...request, prepared, ready }, progress, (events) =>
      receiveText(world, receiving, events, progress),
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
