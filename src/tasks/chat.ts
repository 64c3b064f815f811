import { Failure } from "../failure.ts";
import type { Turn } from "../gemini/model.ts";
import type { ChatInvocation } from "../invocation.ts";
import { fileOf, namesOf } from "../plan/planned-audio.ts";
import { routeInstructions } from "../plan/route.ts";
import { assertSettings } from "../plan/settings.ts";
import { chatInstructions } from "../transcript/inquiry.ts";
import type { World } from "../world.ts";
import { withRecordings } from "./ask.ts";
import { converse } from "./converse.ts";
import { warningsOf, withInputs } from "./inputs.ts";
import { named, sentOnce } from "./inquire.ts";
import { planInputs } from "./plan-inputs.ts";
import { assertAddress, prepare } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import { instructed, type Question, textOf } from "./question.ts";
import { makeReady } from "./ready.ts";
import { silenceWarning } from "./receive.ts";
import { readTold } from "./told.ts";

/** About so long is an answer. */
const answerTokens = 500;

/**
 * Answers questions about recordings as they are typed, or come by stdin. The recordings are brought to the
 * service once; what was said is sent again with each question, and nothing of it is stored.
 * Errors: every Failure kind but `partial`. A question that fails does not end the chat of a person.
 */
export async function chat(world: World, invocation: ChatInvocation, progress: Progress): Promise<void> {
  const started = world.now();
  const { sources, cache } = invocation;
  const asking = sentOnce(invocation.asking);
  if (sources.some(({ kind }) => kind === "stdin")) throw stdinTaken();
  const choice = routeInstructions(asking);
  assertSettings(choice.model, asking);
  const system = await readTold(world, asking.system);
  const request = { ...instructed({ asking, system, choice }), schema: null };
  assertAddress(world, asking);
  await withInputs(world, { sources, fetching: asking, progress }, async (inputs, workspace) => {
    const audios = await planInputs(world, { inputs, preparing: asking }, progress);
    const questionOf = (first: string, turns: readonly Turn[]): Question => ({
      choice,
      audios,
      compose: (recordings) => {
        const told = { recordings: recordings.length, prompt: asking.prompt, question: first };
        const parts = [...named(recordings), { kind: "text", text: chatInstructions(told) } as const];
        return { ...request, parts, turns };
      },
      outputTokens: () => answerTokens,
    });
    const first = questionOf("", []);
    const prepared = await prepare(
      world,
      { asking, questions: [first], whole: [], inputs, started },
      progress,
    );
    if (prepared === null) return;
    const ready = await makeReady(world, audios, { ...prepared, workspace, progress });
    for (const warning of [...warningsOf(audios), ...ready.flatMap(({ notes }) => notes)]) {
      progress.warn(warning);
    }
    if (ready.every(({ isSilent }) => isSilent)) {
      throw new Failure("input", audios.map(silenceWarning).join("; "), {
        hint: "there is nothing to ask about",
        ...fileOf(audios),
      });
    }
    const wish = cache === null ? null : { lifetime: cache, questions: null };
    const delivering = { prepared, audios, prompt: textOf(first), make: async () => ready, cache: wish };
    const failure = await withRecordings(world, delivering, progress, (deliver) =>
      converse(world, { prepared, deliver, questionOf, name: namesOf(audios) }, progress),
    );
    if (failure !== null) throw failure;
  });
}

function stdinTaken(): Failure {
  return new Failure("usage", "stdin is where the questions come from, so no recording can", {
    hint: "name the recording's file, and give the questions a line each",
  });
}
