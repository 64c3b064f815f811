import type { World } from "../world.ts";
import { abortable } from "./inputs.ts";

/** Who asks, one question after the other. */
export interface Questioner {
  /** Whether it is a person at a terminal. */
  readonly isPerson: boolean;
  /** The next question, without white space around it; null when there are no more. */
  readonly next: () => Promise<string | null>;
  /** Who is told that an answer is not wanted any more; null for nobody. */
  onInterrupt: (() => void) | null;
  readonly close: () => void;
}

/** Questions that are typed where stdin is a terminal, else a line of stdin each. Empty lines are none. */
export async function openQuestioner(world: World): Promise<Questioner> {
  return world.stdin.isTerminal ? typist(world) : reader(world);
}

async function typist(world: World): Promise<Questioner> {
  const questioner: Pick<Questioner, "onInterrupt"> = { onInterrupt: null };
  const prompter = await world.openPrompt(() => questioner.onInterrupt?.());
  const next = async () => {
    for (;;) {
      const line = await prompter.line("> ", world.signal);
      if (line === null || line.trim() !== "") return line?.trim() ?? null;
    }
  };
  return Object.assign(questioner, { isPerson: true, next, close: () => prompter.close() });
}

function reader(world: World): Questioner {
  const lines = linesOf(world);
  const next = async () => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done === true || value.trim() !== "") return done === true ? null : value.trim();
    }
  };
  return { isPerson: false, next, onInterrupt: null, close: () => {} };
}

/** The lines of stdin as they come. Waiting for one ends with the run. */
async function* linesOf({ stdin, signal }: Pick<World, "stdin" | "signal">): AsyncGenerator<string, null> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of abortable(stdin.chunks(), signal)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest + decoder.decode();
  return null;
}
