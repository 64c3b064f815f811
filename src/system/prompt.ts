import { createInterface } from "node:readline";
import type { Prompter } from "../world.ts";

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  /** Where the prompt is shown, and what is typed: stderr, for stdout is the result's. */
  readonly output: NodeJS.WritableStream;
  /** Whether lines can be edited. */
  readonly isTerminal: boolean;
}

interface Interrupts {
  readonly onInterrupt: () => void;
  readonly stop: () => void;
}

/** How many lines one can go back. */
const historySize = 1_000;

/** A prompt on a terminal. While it is open, Ctrl-C is a key like any other, and told here. */
export function openPrompt(
  { input, output, isTerminal }: Terminal,
  { onInterrupt, stop }: Interrupts,
): Prompter {
  const readline = createInterface({ input, output, terminal: isTerminal, historySize });
  /** Lines that were typed, or pasted, before they were asked for. */
  const early: string[] = [];
  let waiting: ((line: string | null) => void) | null = null;
  let isEnded = false;
  const give = (line: string | null) => {
    const take = waiting;
    waiting = null;
    take?.(line);
  };
  readline.on("line", (line) => {
    if (waiting === null) early.push(line);
    else give(line);
  });
  readline.on("SIGINT", () => {
    if (waiting === null) return onInterrupt();
    if (readline.line === "") return stop();
    // Without this, what was typed would stay in the line, unseen.
    readline.write(null, { ctrl: true, name: "e" });
    readline.write(null, { ctrl: true, name: "u" });
    readline.prompt();
  });
  readline.on("close", () => {
    if (!isEnded && waiting !== null) output.write("\n");
    isEnded = true;
    give(null);
  });
  return {
    line: async (prompt, signal) => {
      signal.throwIfAborted();
      const typed = early.shift();
      if (typed !== undefined) return typed;
      if (isEnded) return null;
      return new Promise<string | null>((resolve, reject) => {
        const abort = () => {
          waiting = null;
          reject(signal.reason);
        };
        signal.addEventListener("abort", abort, { once: true });
        waiting = (line) => {
          signal.removeEventListener("abort", abort);
          resolve(line);
        };
        readline.setPrompt(prompt);
        readline.prompt();
      });
    },
    close: () => {
      isEnded = true;
      readline.close();
    },
  };
}
