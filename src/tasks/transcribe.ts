import { Failure } from "../failure.ts";
import type { TranscribeInvocation } from "../invocation.ts";
import { namesOf, type PlannedAudio } from "../plan/planned-audio.ts";
import { choiceFor, routeTranscript } from "../plan/route.ts";
import { assertSettings } from "../plan/settings.ts";
import type { World } from "../world.ts";
import { ask, assertAddress, prepare } from "./ask.ts";
import { type Input, localInputs, probeOrFail, withInputs } from "./inputs.ts";
import type { Parts } from "./parts.ts";
import { planInputs } from "./plan-inputs.ts";
import type { Progress } from "./progress.ts";
import { makeReady } from "./ready.ts";
import { receiveText, writeSilence } from "./receive.ts";
import { planChannels } from "./sendable.ts";
import { readTerms, readTold } from "./told.ts";
import { transcribeParts } from "./transcribe-parts.ts";
import { isPlain, transcriptQuestion } from "./transcript-question.ts";
import { planWindows } from "./windows.ts";

/**
 * Prints or writes what is said in a recording.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export async function transcribe(
  world: World,
  invocation: TranscribeInvocation,
  progress: Progress,
): Promise<void> {
  const started = world.now();
  const { asking, source } = invocation;
  const terms = await readTerms(world, invocation.vocabulary);
  const wanted = { ...invocation, terms, system: await readTold(world, asking.system) };
  const routing = routeTranscript(invocation, terms.length);
  assertSettings(routing.choice.model, asking);
  assertAddress(world, asking);
  await withInputs(world, { sources: [source], fetching: asking, progress }, async (inputs, workspace) => {
    const audios = invocation.splitChannels
      ? await planEachChannel(world, { invocation, inputs }, progress)
      : await planInputs(world, { inputs, preparing: asking }, progress);
    const windowed = await planWindows(world, audios, { invocation, routing });
    const windows = windowed.flatMap((one) => one.windows);
    const questions = windows.map((window) => {
      const { start, end } = window.range;
      return transcriptQuestion(wanted, choiceFor(routing, invocation, end - start), window);
    });
    // Only who cuts a recording on purpose goes past the cap of one prompt.
    const whole = invocation.chunk === null ? audios : [];
    const prepared = await prepare(world, { asking, questions, whole, inputs, started }, progress);
    if (prepared === null) return;
    const ready = await makeReady(world, windows, { ...prepared, workspace, progress });
    const job = { wanted, prepared, ready };
    const failure =
      isPlain(wanted) && ready.length === 1
        ? await transcribePlainly(world, job, progress)
        : await transcribeParts(world, { ...job, windowed }, progress);
    if (failure !== null) throw failure;
  });
}

/** Each channel of the recording alone. */
async function planEachChannel(
  world: World,
  { invocation, inputs }: { readonly invocation: TranscribeInvocation; readonly inputs: readonly Input[] },
  progress: Progress,
): Promise<readonly PlannedAudio[]> {
  const { asking, speakerNames } = invocation;
  const local = localInputs(inputs, "--split-channels reads a local file");
  const probed = await probeOrFail(world, { inputs: local, preparing: asking }, progress);
  const channels = (await Promise.all(probed.map((audio) => planChannels(world, audio, asking)))).flat();
  if (speakerNames.length <= channels.length) return channels;
  const name = namesOf(probed);
  throw new Failure("usage", `${name}: ${speakerNames.length} names for ${channels.length} channels`, {
    hint: "give --speaker-names one name for each channel, in their order",
    file: name,
  });
}

async function transcribePlainly(
  world: World,
  { prepared, ready }: Parts,
  progress: Progress,
): Promise<Failure | null> {
  const [request] = prepared.requests;
  if (request === undefined) return null;
  const render = ({ text }: { readonly text: string }) => text;
  const receiving = { prepared, plan: request.plan, ready, render };
  if (ready.every(({ isSilent }) => isSilent)) {
    await writeSilence(world, receiving, progress);
    return null;
  }
  return ask(world, { ...request, prepared, ready }, progress, (put) =>
    receiveText(world, receiving, put, progress),
  );
}
