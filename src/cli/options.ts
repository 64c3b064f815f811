import { extname } from "node:path";
import type { Source } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type {
  Access,
  Api,
  Asking,
  Compress,
  Delivery,
  Destination,
  Format,
  JournalUse,
  Preparing,
  RangeWish,
  Safety,
  ServiceTier,
  Talk,
  ThinkingLevel,
  Told,
} from "../invocation.ts";
import { readLink } from "../links/read-link.ts";
import type { World } from "../world.ts";
import { wantsColor } from "./color.ts";
import { formats } from "./flags.ts";
import { modelName } from "./values.ts";

/** Extensions of formats that text, under their name, would only pretend to be. */
const otherFormats = [".srt", ".vtt", ".tsv", ".csv", ".rttm", ".ctm", ".jsonl", ".html", ".docx", ".pdf"];

interface TalkOptions {
  readonly quiet?: true | undefined;
  readonly verbose?: true | undefined;
  readonly debug?: true | undefined;
  readonly color: boolean;
}

interface FormatOptions {
  readonly format?: Format | undefined;
  readonly json?: true | undefined;
}

interface OutputOptions extends FormatOptions {
  readonly output?: string | undefined;
  readonly overwrite?: true | undefined;
}

interface AudioOptions {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly track?: number | undefined;
  readonly compress: Compress;
  readonly assumeDuration?: number | undefined;
  readonly allowPrivate?: true | undefined;
}

interface AccessOptions {
  readonly timeout: number;
  readonly retries: number;
  readonly apiKeyFile?: string | undefined;
}

interface JournalOptions {
  readonly fresh?: true | undefined;
  readonly journal: boolean;
}

interface AskingOptions extends AudioOptions, AccessOptions {
  readonly dryRun?: true | undefined;
  readonly model?: string | undefined;
  readonly api: Api;
  readonly maxCost?: number | undefined;
  readonly prompt?: string | undefined;
  readonly system?: string | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly thinking?: ThinkingLevel | undefined;
  readonly seed?: number | undefined;
  readonly safety?: Safety | undefined;
  readonly serviceTier: ServiceTier;
  readonly delivery: Delivery;
  readonly keepUpload?: true | undefined;
}

/** What the options say of stderr. */
export function talkOf(world: World, { quiet, verbose, debug, color }: TalkOptions): Talk {
  return {
    verbosity: quiet === true ? "quiet" : verbose === true ? "verbose" : "normal",
    debug: debug === true,
    color: wantsColor(world, color),
  };
}

/** What the options say of asking a model. */
export function askingOf(
  { env }: Pick<World, "env">,
  options: AskingOptions,
  results: Pick<Asking, "format" | "outputs">,
): Asking {
  return {
    model: options.model ?? modelIn(env),
    api: options.api,
    thinking: options.thinking ?? null,
    prompt: options.prompt?.trim() || null,
    system: toldOf(options.system ?? ""),
    settings: {
      maxOutputTokens: options.maxOutputTokens ?? null,
      temperature: options.temperature ?? null,
      seed: options.seed ?? null,
      safety: options.safety ?? null,
      serviceTier: options.serviceTier,
    },
    delivery: options.delivery,
    keepUpload: options.keepUpload === true,
    maxCostUsd: options.maxCost ?? null,
    ...preparingOf(options),
    dryRun: options.dryRun === true,
    ...accessOf(options),
    ...results,
  };
}

/** `@file` is read from a file. What is empty, as a variable of a shell may be, was not asked for. */
function toldOf(value: string): Told | null {
  if (value.trim() === "") return null;
  return value.startsWith("@") ? { kind: "file", path: value.slice(1) } : { kind: "text", text: value };
}

interface CacheOptions {
  readonly cache?: number | undefined;
  readonly api: Api;
}

/** Errors: Failure `usage` for an API that knows no explicit caches. */
export function cacheOf({ cache, api }: CacheOptions): number | null {
  if (cache === undefined || api === "generate") return cache ?? null;
  throw new Failure("usage", "--cache and --api interactions contradict each other", {
    hint: "leave one of them out: only generateContent has explicit caches",
  });
}

/** What the options say of reaching the service. */
export function accessOf({ timeout, retries, apiKeyFile }: AccessOptions): Access {
  return { timeoutMs: timeout * 1_000, retries, keyFile: apiKeyFile ?? null };
}

/** What the options, or else the environment, say of answers that are kept between runs. */
export function journalOf({ env }: Pick<World, "env">, { fresh, journal }: JournalOptions): JournalUse {
  if (!journal || env["GAUDIO_NO_JOURNAL"]) return "off";
  return fresh === true ? "fresh" : "use";
}

/** What the options say of recordings. */
export function preparingOf(options: AudioOptions): Preparing {
  return {
    range: rangeOf(options),
    track: options.track === undefined ? null : options.track - 1,
    compress: options.compress,
    assumedDuration: options.assumeDuration ?? null,
    allowPrivate: options.allowPrivate === true,
  };
}

/** Errors: Failure `usage` for a range that ends before it begins. */
export function rangeOf({ start, end }: Pick<AudioOptions, "start" | "end">): RangeWish {
  if (end !== undefined && end <= (start ?? 0)) {
    throw new Failure("usage", "--end is not after --start", {
      hint: "both are times from the recording's beginning",
    });
  }
  return { start: start ?? null, end: end ?? null };
}

/** The format that was named, else text. */
export function formatOf({ format, json }: FormatOptions): Format {
  if (json === true && format === "text") {
    throw new Failure("usage", "--json and -f text contradict each other", { hint: "leave one of them out" });
  }
  return json === true ? "json" : (format ?? "text");
}

/** Where one result, as text or JSON, goes; the output's name tells the format, unless it was named. */
export function outputOf(options: OutputOptions): Pick<Asking, "format" | "outputs"> {
  const isNamed = options.format !== undefined || options.json === true;
  const format = isNamed ? formatOf(options) : formatOfName(options.output ?? "");
  return { format, outputs: [{ format, destination: destinationOf(options) }] };
}

function formatOfName(output: string): Format {
  const extension = extname(output).toLowerCase();
  if (extension === ".json") return "json";
  if (!otherFormats.includes(extension)) return "text";
  throw new Failure("usage", `gaudio does not write ${extension} files here`, {
    hint: `give -f ${formats.join(" or -f ")} to write one of these under that name`,
  });
}

/**
 * A recording as it is named on the command line: `-` is stdin.
 * Errors: Failure `usage` for a link from which nothing is read.
 */
export function sourceOf(argument: string): Source {
  if (argument === "-") return { kind: "stdin" };
  return readLink(argument) ?? { kind: "file", path: argument };
}

/** Errors: Failure `usage` for what names no file. */
export function destinationOf({
  output,
  overwrite,
}: Pick<OutputOptions, "output" | "overwrite">): Destination {
  // Replacing /dev/stdout by a file of that name is not what anybody means.
  if (output === undefined || output === "-" || output === "/dev/stdout") return { kind: "stdout" };
  if (output === "" || output.endsWith("/")) {
    throw new Failure("usage", `--output ${JSON.stringify(output)} names no file`, {
      hint: "name a file in the folder",
    });
  }
  return { kind: "file", path: output, overwrite: overwrite === true };
}

/** The user's own default. Errors: Failure `usage` for what is no name of a model. */
export function modelIn(env: World["env"]): string {
  const name = env["GAUDIO_MODEL"];
  if (!name || name.toLowerCase() === "auto") return "auto";
  if (modelName.test(name)) return name;
  throw new Failure("usage", "GAUDIO_MODEL is not the name of a model", {
    hint: "gaudio models lists those that gaudio knows",
  });
}
