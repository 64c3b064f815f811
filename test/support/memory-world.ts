import { PassThrough } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { run } from "../../src/cli/run.ts";
import { performJob } from "../../src/job.ts";
import { createNetwork } from "../../src/system/network.ts";
import type { FindAddresses } from "../../src/system/public-address.ts";
import type { World } from "../../src/world.ts";
import { type MemoryEntry, MemoryFiles } from "./memory-files.ts";
import { noPrograms, realPrograms } from "./programs.ts";

export interface Circumstances {
  readonly files?: Readonly<Record<string, MemoryEntry>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What comes by stdin; a terminal when absent. */
  readonly stdin?: Uint8Array;
  /** What is typed at a prompt, line by line; then Ctrl-D. */
  readonly typed?: readonly string[];
  /** Ctrl-C is pressed once, as soon as stdout holds this. */
  readonly interruptAt?: string;
  /** Whether stderr is a terminal. */
  readonly isTerminal?: boolean;
  /** Fails every write to stdout. */
  readonly stdoutError?: Error;
  /** How long every write to stdout takes. */
  readonly stdoutDelayMs?: number;
  /** Folders in which no file can be made. */
  readonly readOnly?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly fetch?: typeof fetch;
  /** Tells the addresses of hosts that links name; the system does when absent. */
  readonly findAddresses?: FindAddresses;
  readonly processId?: number;
  /** Other processes that run. */
  readonly running?: readonly number[];
  /** Whether the machine's other programs can be used; none when absent. */
  readonly hasPrograms?: boolean;
  readonly signal?: AbortSignal;
}

/** What a run came to. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: MemoryFiles;
}

/** Runs gaudio in this process, in a World made of memory. Requests go out only where `fetch` is given. */
export async function runInMemory(
  argv: readonly string[],
  circumstances: Circumstances = {},
): Promise<Outcome> {
  const { world, files, texts } = memoryWorld(argv, circumstances);
  const exitCode = await run(world);
  return { exitCode, stdout: texts.stdout.join(""), stderr: texts.stderr.join(""), files };
}

/** A World made of memory, and what was written to it. */
export function memoryWorld(argv: readonly string[], circumstances: Circumstances = {}) {
  const { env = {}, isTerminal = false, stdin, stdoutError, stdoutDelayMs = 0, now, signal } = circumstances;
  const texts = { stdout: [] as string[], stderr: [] as string[] };
  const { openPrompt, onStdout } = typist(circumstances);
  const files = new MemoryFiles(circumstances.files ?? {}, () => now ?? Date.now());
  for (const folder of circumstances.readOnly ?? []) files.readOnly.add(folder);
  const world: World = {
    argv,
    env,
    version: "1.2.3",
    stdin: {
      isTerminal: stdin === undefined,
      chunks: async function* () {
        if (stdin !== undefined) yield stdin;
      },
    },
    openPrompt,
    stdout: output(texts.stdout, {
      isTerminal: false,
      error: stdoutError,
      delayMs: stdoutDelayMs,
      onWritten: () => onStdout(texts.stdout.join("")),
    }),
    stderr: output(texts.stderr, { isTerminal, error: undefined, delayMs: 0 }),
    files,
    runJob: (job) => performJob(files, job),
    programs: circumstances.hasPrograms === true ? realPrograms(files) : noPrograms,
    identity: {
      processId: circumstances.processId ?? 1_000,
      host: "here",
      isRunning: (processId) => (circumstances.running ?? []).includes(processId),
    },
    fetch: circumstances.fetch ?? noNetwork,
    send: circumstances.fetch === undefined ? noNetwork : createNetwork({}).send,
    get: circumstances.fetch === undefined ? noNetwork : createNetwork({}, circumstances.findAddresses).get,
    now: () => now ?? Date.now(),
    sleep: (milliseconds, stop) => delay(Math.min(milliseconds, 20), undefined, { signal: stop }),
    randomHex: (bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex"),
    signal: signal ?? new AbortController().signal,
  };
  return { world, files, texts };
}

/** Somebody who types, and presses Ctrl-C. */
function typist({ typed = [], interruptAt }: Circumstances) {
  const lines = [...typed];
  let interrupt = () => {};
  let isPressed = false;
  return {
    openPrompt: async (onInterrupt: () => void) => {
      interrupt = onInterrupt;
      return { line: async () => lines.shift() ?? null, close: () => {} };
    },
    onStdout: (text: string) => {
      if (isPressed || interruptAt === undefined || !text.includes(interruptAt)) return;
      isPressed = true;
      interrupt();
    },
  };
}

interface Manner {
  readonly isTerminal: boolean;
  readonly error: Error | undefined;
  readonly delayMs: number;
  readonly onWritten?: () => void;
}

function output(texts: string[], { isTerminal, error, delayMs, onWritten }: Manner) {
  return {
    isTerminal,
    columns: isTerminal ? 80 : 0,
    stream: new PassThrough(),
    write: async (text: string) => {
      if (error !== undefined) throw error;
      if (delayMs > 0) await delay(delayMs);
      texts.push(text);
      onWritten?.();
    },
  };
}

const noNetwork = async (input: unknown): Promise<never> => {
  throw new Error(`a request was sent where none should be: ${String(input)}`);
};
