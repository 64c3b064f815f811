import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { ReaderGone, systemCode } from "../failure.ts";
import type { World } from "../world.ts";
import { SystemFiles } from "./files.ts";
import type { Network } from "./network.ts";
import { createInput, createOutput } from "./streams.ts";

/** The World of a real process, and the way to drop its temporary files at once. */
export interface SystemWorld extends World {
  readonly removeTemporaryFiles: () => void;
}

/**
 * Makes the World of a process.
 * `stop` is aborted when stdout's reader has gone, and by the caller when a signal arrives.
 */
export function createSystemWorld(process: NodeJS.Process, stop: AbortController): SystemWorld {
  const files = new SystemFiles();
  let connected: Promise<Network> | null = null;
  const network = () => {
    connected ??= import("./network.ts").then(({ createNetwork }) => createNetwork(process.env));
    return connected;
  };
  const programs = async () => (await import("./programs.ts")).createPrograms(process);
  return {
    argv: process.argv.slice(2),
    env: process.env,
    get version() {
      return readVersion();
    },
    stdin: createInput(process),
    openPrompt: async (onInterrupt) => {
      const { openPrompt } = await import("./prompt.ts");
      const { stdin: input, stderr: output } = process;
      const stop = () => void process.kill(process.pid, "SIGINT");
      return openPrompt({ input, output, isTerminal: output.isTTY === true }, { onInterrupt, stop });
    },
    stdout: createOutput(
      () => process.stdout,
      () => stop.abort(new ReaderGone()),
    ),
    stderr: createOutput(
      () => process.stderr,
      () => {},
    ),
    files,
    // Threads are costly to load, and seldom needed.
    runJob: async (job, limits) => (await import("./jobs.ts")).runJob(process, job, limits),
    programs: {
      has: async (name) => (await programs()).has(name),
      run: async (name, argv, limits) => (await programs()).run(name, argv, limits),
    },
    identity: createIdentity(process),
    fetch: async (input, init) => (await network()).fetch(input, init),
    send: async (url, sending) => (await network()).send(url, sending),
    get: async (url, getting) => (await network()).get(url, getting),
    now: () => Date.now(),
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    // The global, not node:crypto: importing that takes longer than all else at the start.
    randomHex: (bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex"),
    signal: stop.signal,
    removeTemporaryFiles: () => files.removeTemporaryNow(),
  };
}

function createIdentity({ pid, kill }: Pick<NodeJS.Process, "pid" | "kill">): World["identity"] {
  return {
    processId: pid,
    get host() {
      return hostname();
    },
    isRunning: (processId) => {
      try {
        return kill(processId, 0);
      } catch (thrown) {
        // It is there, and somebody else's.
        return systemCode(thrown) === "EPERM";
      }
    },
  };
}

/** gaudio's version, from the package.json nearest above this file, be it compiled or not. */
function readVersion(): string {
  let folder = new URL("./", import.meta.url);
  while (!existsSync(new URL("package.json", folder))) folder = new URL("../", folder);
  const manifest: unknown = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
    return String(manifest.version);
  }
  throw new Error("gaudio's package.json has no version");
}
