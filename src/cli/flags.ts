import { extname } from "node:path";
import { Command, Option, type OptionValues } from "@commander-js/extra-typings";
import type { Source } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type {
  Access,
  Asking,
  Compress,
  Delivery,
  Destination,
  Format,
  Preparing,
  RangeWish,
  Talk,
} from "../invocation.ts";
import { defaultModel } from "../plan/models.ts";
import type { World } from "../world.ts";
import { wantsColor } from "./color.ts";
import { parseLength, parseTime } from "./time.ts";
import {
  modelName,
  parseCost,
  parseCount,
  parseModel,
  parseRetries,
  parseSeed,
  parseTemperature,
  parseTimeout,
  parseTrack,
} from "./values.ts";

const formats = ["text", "json"] as const satisfies readonly Format[];
/** Extensions of formats that text, under their name, would only pretend to be. */
const otherFormats = [".srt", ".vtt", ".tsv", ".csv", ".rttm", ".ctm", ".jsonl", ".html", ".docx", ".pdf"];

const compressions = ["auto", "always", "never"] as const satisfies readonly Compress[];

const deliveries = ["auto", "inline", "upload"] as const satisfies readonly Delivery[];

/** The options of every command: what is said on stderr, and in which format the result comes. */
export function commandWithTalk(name: string) {
  return new Command(name)
    .optionsGroup("Result:")
    .addOption(
      new Option("-f, --format <format>", "what the result looks like (default: text)").choices(formats),
    )
    .option("--json", "the same as -f json")
    .optionsGroup("Messages:")
    .addOption(new Option("-q, --quiet", "print no progress, only warnings and errors").conflicts("verbose"))
    .option("-v, --verbose", "print what is done, with whom and at which cost")
    .option("--debug", "print every request and, of an error, where it happened")
    .option("--no-color", "print no colours");
}

/** The options of every command that takes recordings: what of them is wanted. */
export function commandWithAudio(name: string) {
  return commandWithTalk(name)
    .optionsGroup("Recording:")
    .option("--start <time>", "begin here: 90, 1:30, 1:02:03.5 or 12m30s", parseTime)
    .option("--end <time>", "end here", parseTime)
    .option("--track <number>", "which audio track of a video counts (default: the first)", parseTrack)
    .addOption(
      new Option(
        "--compress <when>",
        "send less: what is lossless as 16 kHz FLAC where that pays (auto), anything as small as can be (always)",
      )
        .choices(compressions)
        .default("auto" as const),
    )
    .option("--assume-duration <time>", "how long a recording is whose length cannot be told", parseLength);
}

/** The command, with the options of every command that reaches the service. */
export function withAccess<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
    .optionsGroup("Service:")
    .option("--timeout <seconds>", "how long the service may stay silent", parseTimeout, 600)
    .option("--retries <times>", "how often a request that failed is tried again", parseRetries, 5)
    .option("--api-key-file <file>", "read the API key from a file");
}

/** The options of every command that asks a model. */
export function commandThatAsks(name: string) {
  const command = commandWithAudio(name)
    .optionsGroup("Result:")
    .option("-o, --output <file>", "write the result to a file; .json and .txt choose the format")
    .option("--overwrite", "replace the file if it is there")
    .option("--dry-run", "print what would be sent and about what it would cost; nothing is sent")
    .optionsGroup("Service:")
    .option(
      "-m, --model <name>",
      `the model to ask (default: GAUDIO_MODEL, else ${defaultModel})`,
      parseModel,
    )
    .option("--max-cost <dollars>", "send nothing that would cost more, by an estimate", parseCost)
    .option("-p, --prompt <text>", "what else to tell the model")
    .option("--system <text>", "the system instruction: what to tell the model before all else")
    .option("--max-output-tokens <count>", "the longest answer", parseCount)
    .option("--temperature <number>", "how freely to answer, 0 to 2", parseTemperature)
    .option("--seed <number>", "the same for the same answer, as far as the model can", parseSeed)
    .addOption(
      new Option("--delivery <how>", "within the request, uploaded first, or as the size demands")
        .choices(deliveries)
        .default("auto" as const),
    )
    .option("--keep-upload", "leave what was uploaded on the service, for up to 48 hours");
  return withAccess(command);
}

interface TalkOptions {
  readonly quiet?: true | undefined;
  readonly verbose?: true | undefined;
  readonly debug?: true | undefined;
  readonly color: boolean;
}

interface FormatOptions {
  readonly format?: Format | undefined;
  readonly json?: true | undefined;
  readonly output?: string | undefined;
}

interface AudioOptions {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly track?: number | undefined;
  readonly compress: Compress;
  readonly assumeDuration?: number | undefined;
}

interface AccessOptions {
  readonly timeout: number;
  readonly retries: number;
  readonly apiKeyFile?: string | undefined;
}

interface AskingOptions extends FormatOptions, AudioOptions, AccessOptions {
  readonly overwrite?: true | undefined;
  readonly dryRun?: true | undefined;
  readonly model?: string | undefined;
  readonly maxCost?: number | undefined;
  readonly prompt?: string | undefined;
  readonly system?: string | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly seed?: number | undefined;
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
export function askingOf({ env }: Pick<World, "env">, options: AskingOptions): Asking {
  return {
    model: options.model ?? modelIn(env),
    prompt: options.prompt ?? null,
    system: options.system ?? null,
    settings: {
      maxOutputTokens: options.maxOutputTokens ?? null,
      temperature: options.temperature ?? null,
      seed: options.seed ?? null,
    },
    delivery: options.delivery,
    keepUpload: options.keepUpload === true,
    maxCostUsd: options.maxCost ?? null,
    ...preparingOf(options),
    dryRun: options.dryRun === true,
    ...accessOf(options),
    format: formatOf(options),
    destination: destinationOf(options),
  };
}

/** What the options say of reaching the service. */
export function accessOf({ timeout, retries, apiKeyFile }: AccessOptions): Access {
  return { timeoutMs: timeout * 1_000, retries, keyFile: apiKeyFile ?? null };
}

/** What the options say of recordings. */
export function preparingOf(options: AudioOptions): Preparing {
  return {
    range: rangeOf(options),
    track: options.track === undefined ? null : options.track - 1,
    compress: options.compress,
    assumedDuration: options.assumeDuration ?? null,
  };
}

function rangeOf({ start, end }: Pick<AskingOptions, "start" | "end">): RangeWish {
  if (end !== undefined && end <= (start ?? 0)) {
    throw new Failure("usage", "--end is not after --start", {
      hint: "both are times from the recording's beginning",
    });
  }
  return { start: start ?? null, end: end ?? null };
}

/** The format that was named, else the one that the output's name tells, else text. */
export function formatOf({ format, json, output }: FormatOptions): Format {
  if (json === true && format === "text") {
    throw new Failure("usage", "--json and -f text contradict each other", { hint: "leave one of them out" });
  }
  if (json === true) return "json";
  return format ?? formatOfName(output ?? "");
}

function formatOfName(output: string): Format {
  const extension = extname(output).toLowerCase();
  if (extension === ".json") return "json";
  if (!otherFormats.includes(extension)) return "text";
  throw new Failure("usage", `gaudio does not write ${extension} files`, {
    hint: `give -f ${formats.join(" or -f ")} to write one of these under that name`,
  });
}

/** A recording as it is named on the command line: `-` is stdin. */
export function sourceOf(argument: string): Source {
  return argument === "-" ? { kind: "stdin" } : { kind: "file", path: argument };
}

function destinationOf({ output, overwrite }: Pick<AskingOptions, "output" | "overwrite">): Destination {
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
function modelIn(env: World["env"]): string {
  const name = env["GAUDIO_MODEL"];
  if (!name) return defaultModel;
  if (modelName.test(name)) return name;
  throw new Failure("usage", "GAUDIO_MODEL is not the name of a model", {
    hint: "gaudio models lists those that gaudio knows",
  });
}
