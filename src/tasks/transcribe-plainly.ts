import type { Failure } from "../failure.ts";
import { once } from "../once.ts";
import type { World } from "../world.ts";
import { openBook } from "./answer-book.ts";
import { ask } from "./ask.ts";
import type { Progress } from "./progress.ts";
import { makeOneReady } from "./ready.ts";
import { receiveText, writeSilence } from "./receive.ts";
import type { TranscribeJob } from "./transcribe-job.ts";
import { isPlain } from "./transcript-question.ts";

/** Whether a transcript is but a text, of one answer, that can be printed while it is written. */
export function isStreamedPlainly({ wanted, prepared }: Pick<TranscribeJob, "wanted" | "prepared">): boolean {
  const [request, ...others] = prepared.requests;
  const isStreamed = request?.question.choice.model.kind === "general";
  const isOnStdout = wanted.asking.outputs.every(({ destination }) => destination.kind === "stdout");
  return isPlain(wanted) && isStreamed && isOnStdout && others.length === 0;
}

/** Prints a plain transcript as it is written; answers why it is not complete, or null. */
export async function transcribePlainly(
  world: World,
  { wanted, prepared, windowed, workspace }: TranscribeJob,
  progress: Progress,
): Promise<Failure | null> {
  const [request] = prepared.requests;
  const audio = windowed[0]?.audio;
  if (request === undefined || audio === undefined) return null;
  const page = openBook(world, wanted.journal, prepared).page(audio, request);
  const file = once(() => makeOneReady(world, audio, { ...prepared, workspace, progress }));
  const sent = (await page.first())?.sent ?? (await file());
  const render = ({ text }: { readonly text: string }) => text;
  const receiving = { prepared, plan: request.plan, ready: [sent], render };
  if (sent.isSilent) {
    await writeSilence(world, receiving, progress);
    return null;
  }
  const failure = await ask(
    world,
    { ...request, prepared, make: async () => [await file()] },
    progress,
    (put) => receiveText(world, receiving, page.through(put, sent), progress),
  );
  if (failure !== null) await page.forget();
  return failure;
}
