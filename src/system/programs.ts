import { type ChildProcess, spawn } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { ProgramEnd, ProgramLimits, Programs } from "../world.ts";

/** How much of the beginning, and of the end, of what a program says is kept. */
const keptCharacters = 8_000;

type Machine = Pick<NodeJS.Process, "env" | "kill" | "platform">;

/** The programs of a real machine. What runs is given PATH and nothing else: the key is not its business. */
export function createPrograms(process: Machine): Programs {
  const path = process.env["PATH"] ?? "";
  return {
    has: async (name) => {
      for (const folder of path.split(delimiter)) {
        for (const file of [name, `${name}.exe`]) {
          if (folder !== "" && (await isExecutable(join(folder, file)))) return true;
        }
      }
      return false;
    },
    run: (name, argv, limits) => run(process, { name, argv, path }, limits),
  };
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

interface Command {
  readonly name: string;
  readonly argv: readonly string[];
  readonly path: string;
}

async function run(
  machine: Machine,
  { name, argv, path }: Command,
  { timeoutMs, signal, onOutput }: ProgramLimits,
): Promise<ProgramEnd> {
  signal.throwIfAborted();
  const child = spawn(name, argv, {
    env: { PATH: path, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    // In a group of its own, so that what it starts is ended with it.
    detached: machine.platform !== "win32",
  });
  const end = () => endGroup(machine, child);
  const said = keepEnds();
  child.stderr.setEncoding("utf8").on("data", said.add);
  child.stdout.on("data", (bytes: Uint8Array) => {
    if (onOutput?.(bytes) === false) end();
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
    if (child.exitCode === null) end();
    // Whoever still holds its pipes is not waited for.
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
  }
}

function endGroup({ kill, platform }: Machine, child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    kill(platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
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
