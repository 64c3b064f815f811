import { Failure } from "../failure.ts";
import type { TranscribeInvocation } from "../invocation.ts";
import { namesOf, type PlannedAudio } from "../plan/planned-audio.ts";
import { choiceFor, routeTranscript } from "../plan/route.ts";
import { assertSettings } from "../plan/settings.ts";
import type { World } from "../world.ts";
import { type Input, localInputs, probeOrFail, withInputs } from "./inputs.ts";
import { plannedLineups } from "./lineup-question.ts";
import { planInputs } from "./plan-inputs.ts";
import { assertAddress, prepare } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import { planChannels } from "./sendable.ts";
import { readTerms, readTold } from "./told.ts";
import { transcribeParts } from "./transcribe-parts.ts";
import { isStreamedPlainly, transcribePlainly } from "./transcribe-plainly.ts";
import { transcriptQuestion } from "./transcript-question.ts";
import { asksForTimes, planWindows } from "./windows.ts";

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
  const read = { ...invocation, terms, system: await readTold(world, asking.system) };
  const routing = routeTranscript(invocation, terms.length);
  assertSettings(routing.choice.model, asking);
  assertAddress(world, asking);
  await withInputs(world, { sources: [source], fetching: asking, progress }, async (inputs, workspace) => {
    const audios = invocation.splitChannels
      ? await planEachChannel(world, { invocation, inputs }, progress)
      : await planInputs(world, { inputs, preparing: asking }, progress);
    const planning = { invocation, routing, terms: terms.length };
    const windowed = await planWindows(world, audios, { ...planning, workspace });
    const wanted = { ...read, isTimed: asksForTimes(windowed, planning) };
    const questions = windowed.flatMap(({ windows }) =>
      windows.map((window) => {
        const { start, end } = window.range;
        return transcriptQuestion(wanted, choiceFor(routing, invocation, end - start), window);
      }),
    );
    // Only who cuts a recording on purpose goes past the cap of one prompt.
    const whole = invocation.chunk === null ? audios : [];
    const lineups = plannedLineups({ wanted, routing, windowed });
    const prepared = await prepare(world, { asking, questions, lineups, whole, inputs, started }, progress);
    if (prepared === null) return;
    const job = { wanted, prepared, routing, windowed, workspace };
    const failure = isStreamedPlainly(job)
      ? await transcribePlainly(world, job, progress)
      : await transcribeParts(world, job, progress);
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
