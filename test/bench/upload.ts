import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/fixtures.ts";
import { bound, cell, type Run, run } from "./run.ts";
import { withSink } from "./sinks.ts";

const uploader = join(projectRoot, "dist", "test", "bench", "upload-main.js");

/** The machine's other work disturbs one of them or another: the best of so many, taken in turn. */
const rounds = 4;

/**
 * How fast recordings are uploaded, beside curl, to one and the same service on this machine. What gaudio
 * needs to start is told apart: it is the same for every upload, and no network is as fast as this one.
 */
export async function benchUpload(directory: string): Promise<void> {
  console.log("upload               start s  gaudio s        MB    curl s     ratio   started");
  const tiny = sparse(directory, { name: "tiny.wav", sizeBytes: 1 });
  const gigabyte = sparse(directory, { name: "gigabyte.wav", sizeBytes: 2 ** 30 });
  const hundred = sparse(directory, { name: "hundred.wav", sizeBytes: 100 * 2 ** 20 });
  await withSink({ latencyMs: 0 }, async (near) => {
    const put = ["-s", "-T", gigabyte, `${near}/put`];
    const bare = await compare({ own: ["send", gigabyte, near], start: ["send", tiny, near], curl: put });
    tell("1 GiB, bytes alone", bare);
    boundRatio(bare, 1.3);
    const start = ["upload", tiny, near];
    const whole = await compare({ own: ["upload", gigabyte, near], start, curl: put });
    tell("1 GiB, SHA-256 too", whole);
    boundRatio(whole, 2);
    bound("its memory in MB", whole.own?.residentMegabytes, 120);
    await withSink({ latencyMs: 100 }, async (far) => {
      // The protocol takes two requests, whoever speaks it.
      const twice = ["-s", "-d", "{}", `${far}/start`, "--next", "-s", "-T", hundred, `${far}/put`];
      const late = await compare({ own: ["upload", hundred, far], start, curl: twice });
      tell("100 MiB, 100 ms away", late);
      boundRatio(late, 1.3);
      bound("its memory in MB", late.own?.residentMegabytes, 120);
    });
  });
}

/** What it takes to start is no part of an upload's speed: on this network it is as long as curl's whole run. */
function boundRatio({ started }: Compared, most: number): void {
  bound("its ratio to curl, once started", started, most);
}

interface Comparing {
  readonly own: readonly string[];
  /** Uploads what takes no time. */
  readonly start: readonly string[];
  readonly curl: readonly string[];
}

interface Compared {
  readonly start: Run | null;
  readonly own: Run | null;
  readonly curl: Run | null;
  /** The whole process beside curl's. */
  readonly ratio: number | undefined;
  /** The same without what it takes to start and to send next to nothing. */
  readonly started: number | undefined;
}

async function compare(wanted: Comparing): Promise<Compared> {
  const runs: { readonly start: Run | null; readonly own: Run | null; readonly curl: Run | null }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const curl = await run("curl", wanted.curl);
    const own = await run(process.execPath, [uploader, ...wanted.own]);
    runs.push({ curl, own, start: await run(process.execPath, [uploader, ...wanted.start]) });
  }
  const [start, own, other] = [best(runs, "start"), best(runs, "own"), best(runs, "curl")];
  if (start === null || own === null || other === null) {
    return { start, own, curl: other, ratio: undefined, started: undefined };
  }
  const ratio = own.seconds / other.seconds;
  return { start, own, curl: other, ratio, started: (own.seconds - start.seconds) / other.seconds };
}

function best<K extends string>(runs: readonly Readonly<Record<K, Run | null>>[], key: K): Run | null {
  const ended = runs.map((one) => one[key]).filter((one) => one !== null);
  const [first] = ended.toSorted((one, other) => one.seconds - other.seconds);
  if (first === undefined) return null;
  return {
    ...first,
    residentMegabytes: Math.max(...ended.map(({ residentMegabytes }) => residentMegabytes)),
  };
}

function tell(name: string, { start, own, curl, ratio, started }: Compared): void {
  const figures = [cell(start?.seconds), cell(own?.seconds), cell(own?.residentMegabytes, 0)];
  console.log(`${name.padEnd(19)}${[...figures, cell(curl?.seconds), cell(ratio), cell(started)].join(" ")}`);
}

function sparse(
  directory: string,
  { name, sizeBytes }: { readonly name: string; readonly sizeBytes: number },
) {
  const path = join(directory, name);
  writeFileSync(path, "");
  truncateSync(path, sizeBytes);
  return path;
}
