import { spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { ProgramEnd, ProgramLimits, Programs } from "../world.ts";

/** How much of the beginning, and of the end, of what a program says is kept. */
const keptCharacters = 8_000;

/** The programs of a real machine. What runs is given PATH and nothing else: the key is not its business. */
export function createPrograms(env: NodeJS.ProcessEnv): Programs {
  const path = env["PATH"] ?? "";
  return {
    has: async (name) => {
      for (const folder of path.split(delimiter)) {
        for (const file of [name, `${name}.exe`]) {
          if (folder !== "" && (await isExecutable(join(folder, file)))) return true;
        }
      }
      return false;
    },
    run: (name, argv, limits) => run({ name, argv, path }, limits),
  };
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

interface Command {
  readonly name: string;
  readonly argv: readonly string[];
  readonly path: string;
}

async function run(
  { name, argv, path }: Command,
  { timeoutMs, signal, onOutput }: ProgramLimits,
): Promise<ProgramEnd> {
  signal.throwIfAborted();
  const child = spawn(name, argv, { env: { PATH: path, LC_ALL: "C" }, stdio: ["ignore", "pipe", "pipe"] });
  const said = keepEnds();
  child.stderr.setEncoding("utf8").on("data", said.add);
  child.stdout.on("data", (bytes: Uint8Array) => {
    if (onOutput?.(bytes) === false) child.kill("SIGKILL");
  });
  const ended = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("it takes too long")), timeoutMs);
      ended.signal.addEventListener("abort", () => clearTimeout(timer));
      signal.addEventListener("abort", () => reject(signal.reason), { signal: ended.signal });
      child.on("error", reject);
      child.on("close", (exitCode) => resolve({ exitCode, said: said.text() }));
    });
  } finally {
    ended.abort();
    child.kill("SIGKILL");
  }
}

function keepEnds() {
  let first = "";
  let last = "";
  return {
    add: (text: string) => {
      const room = keptCharacters - first.length;
      first += text.slice(0, room);
      last = (last + text.slice(room)).slice(-keptCharacters);
    },
    text: () => first + last,
  };
}
