import { asFailure, ReaderGone } from "../failure.ts";
import type { Invocation } from "../invocation.ts";
import type { World } from "../world.ts";
import type { Parsed } from "./program.ts";

/**
 * Runs one command from its arguments to its exit code. Never throws: whatever goes wrong is said on stderr.
 */
export async function run(world: World): Promise<number> {
  let invocation: Invocation | null = null;
  try {
    const parsed = await parse(world);
    if (parsed.kind === "shown") {
      const { print } = await import("../tasks/print.ts");
      await print(world, parsed.text);
      return 0;
    }
    invocation = parsed.invocation;
    await perform(world, invocation);
    return 0;
  } catch (thrown) {
    return settle(world, invocation, thrown);
  }
}

/** `gaudio --version` is answered without the parser: loading that takes longer than all the rest. */
async function parse(world: World): Promise<Parsed> {
  const [first, ...others] = world.argv;
  if ((first === "--version" || first === "-V") && others.length === 0) {
    return { kind: "shown", text: `${world.version}\n` };
  }
  return (await import("./program.ts")).parseArguments(world);
}

/** Each task is loaded only when it is wanted: what `--version` does not need, it does not wait for. */
async function perform(world: World, invocation: Invocation): Promise<void> {
  const { createProgress } = await import("./progress.ts");
  const progress = await createProgress(world, invocation.talk);
  try {
    switch (invocation.kind) {
      case "transcribe":
        return await (await import("../tasks/transcribe.ts")).transcribe(world, invocation, progress);
      case "summarize":
        return await (await import("../tasks/summarize.ts")).summarize(world, invocation, progress);
      case "describe":
        return await (await import("../tasks/describe.ts")).describe(world, invocation, progress);
      case "ask":
        return await (await import("../tasks/ask-questions.ts")).askQuestions(world, invocation, progress);
      case "chat":
        return await (await import("../tasks/chat.ts")).chat(world, invocation, progress);
      case "render":
        return await (await import("../tasks/render.ts")).render(world, invocation, progress);
      case "speakers":
        return await (await import("../tasks/speakers.ts")).sampleSpeakers(world, invocation, progress);
      case "probe":
        return await (await import("../tasks/probe.ts")).probe(world, invocation, progress);
      case "files":
        return await (await import("../tasks/files.ts")).manageFiles(world, invocation, progress);
      case "journal":
        return await (await import("../tasks/journal.ts")).manageJournal(world, invocation, progress);
      case "models":
        return await (await import("../tasks/models.ts")).listModels(world, invocation, progress);
      case "schema":
        return await (await import("../tasks/schema.ts")).printSchema(world);
    }
  } finally {
    progress.pause();
  }
}

async function settle(world: World, invocation: Invocation | null, thrown: unknown): Promise<number> {
  const { reason, aborted } = world.signal;
  if (thrown instanceof ReaderGone || (aborted && reason instanceof ReaderGone)) return 0;
  // The caller ends the process by the signal that came; there is nothing to explain.
  if (aborted) return 130;
  const failure = asFailure(thrown);
  const [{ reportFailure }, { mannerOf }] = await Promise.all([import("./report.ts"), import("./manner.ts")]);
  await reportFailure(world, failure, mannerOf(world, invocation));
  return failure.exitCode;
}
