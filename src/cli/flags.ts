import { type Command, Option, type OptionValues } from "@commander-js/extra-typings";
import {
  type Api,
  type Compress,
  type Delivery,
  type Format,
  type Safety,
  type ServiceTier,
  type ThinkingLevel,
  transcriptFormats,
} from "../invocation.ts";
import { parseLength, parseTime } from "./time.ts";
import {
  parseAmount,
  parseCost,
  parseCount,
  parseFormats,
  parseLineWidth,
  parseModel,
  parseRetries,
  parseSeed,
  parseTemperature,
  parseTimeout,
  parseTrack,
} from "./values.ts";

export const formats = ["text", "json"] as const satisfies readonly Format[];

const compressions = ["auto", "always", "never"] as const satisfies readonly Compress[];

const deliveries = ["auto", "inline", "upload"] as const satisfies readonly Delivery[];

const apis = ["generate", "interactions"] as const satisfies readonly Api[];

const thinkingLevels = ["minimal", "low", "medium", "high"] as const satisfies readonly ThinkingLevel[];

const safeties = ["off", "low", "medium", "high"] as const satisfies readonly Safety[];

const serviceTiers = ["standard", "flex", "priority"] as const satisfies readonly ServiceTier[];

/** The command, with the options of every command whose result is told as text or JSON. */
export function withFormat<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
    .optionsGroup("Result:")
    .addOption(
      new Option("-f, --format <format>", "what the result looks like (default: text)").choices(formats),
    )
    .option("--json", "the same as -f json");
}

/** The same for a command whose result is a transcript. */
export function withTranscriptFormat<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return withOverwrite(
    command
      .optionsGroup("Result:")
      .option(
        "-f, --format <formats>",
        `${transcriptFormats.join(", ")}; several with commas between them, or all (default: by the output's name, else text)`,
        parseFormats,
      )
      .option("--json", "the same as -f json")
      .option(
        "-o, --output <file>",
        "write the result to a file, whose name chooses the format; name.* for several",
      )
      .option("--output-dir <folder>", "write each format to a file of the recording's name in a folder"),
  )
    .optionsGroup("Subtitles:")
    .option("--max-line-width <columns>", "the longest line (default: 42)", parseLineWidth)
    .addOption(new Option("--max_line_width <columns>").argParser(parseLineWidth).hideHelp())
    .option("--max-line-count <lines>", "the most lines at a time (default: 2)", parseAmount)
    .addOption(new Option("--max_line_count <lines>").argParser(parseAmount).hideHelp())
    .option("--max-words-per-line <words>", "the most words in a line (default: any)", parseAmount)
    .addOption(new Option("--max_words_per_line <words>").argParser(parseAmount).hideHelp())
    .option(
      "--max-cps <characters>",
      "the most characters a second, where there is room (default: any)",
      parseAmount,
    )
    .option("--highlight-words", "mark each word while it is said")
    .addOption(new Option("--highlight_words").hideHelp());
}

/** The command, with the option of every command that may write a file. */
export function withOverwrite<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command.option("--overwrite", "replace the file if it is there");
}

/** The command, with the options of every command: what is said on stderr. */
export function withTalk<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
    .optionsGroup("Messages:")
    .addOption(new Option("-q, --quiet", "print no progress, only warnings and errors").conflicts("verbose"))
    .option("-v, --verbose", "print what is done, with whom and at which cost")
    .option("--debug", "print every request and, of an error, where it happened")
    .option("--no-color", "print no colours");
}

/** The command, with the options of every command that takes recordings: what of them is wanted. */
export function withAudio<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
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
    .option("--assume-duration <time>", "how long a recording is whose length cannot be told", parseLength)
    .option("--allow-private", "let links lead to this machine and this network");
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

/** The command, with the options of every command that writes one result, as text or JSON. */
export function withOutput<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return withOverwrite(
    withFormat(command).option(
      "-o, --output <file>",
      "write the result to a file; .json and .txt choose the format",
    ),
  );
}

/** The command, with the options of every command that asks a model. */
export function withAsking<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  const asking = command
    .optionsGroup("Result:")
    .option("--dry-run", "print what would be sent and about what it would cost; nothing is sent")
    .optionsGroup("Service:")
    .option("-m, --model <name>", "the model to ask (default: GAUDIO_MODEL, else auto)", parseModel)
    .addOption(
      new Option("--api <which>", "by which API to ask; neither stores anything")
        .choices(apis)
        .default("generate" as const),
    )
    .option("--max-cost <dollars>", "send nothing that would cost more, by an estimate", parseCost)
    .option("-p, --prompt <text>", "what else to tell the model")
    .option(
      "--system <text>",
      "the system instruction: what to tell the model before all else; @file reads a file",
    )
    .option("--max-output-tokens <count>", "the longest answer", parseCount)
    .option("--temperature <number>", "how freely to answer, 0 to 2", parseTemperature)
    .addOption(
      new Option(
        "--thinking <level>",
        "how much to think before answering (default: as little as it can)",
      ).choices(thinkingLevels),
    )
    .option("--seed <number>", "the same for the same answer, as far as the model can", parseSeed)
    .addOption(
      new Option(
        "--safety <level>",
        "how much the service's filters keep out (default: the service's own)",
      ).choices(safeties),
    )
    .addOption(
      new Option("--service-tier <tier>", "flex costs half and may wait, priority costs up to twice as much")
        .choices(serviceTiers)
        .default("standard" as const),
    )
    .addOption(
      new Option("--delivery <how>", "within the request, uploaded first, or as the size demands")
        .choices(deliveries)
        .default("auto" as const),
    )
    .option("--keep-upload", "leave what was uploaded on the service, for up to 48 hours");
  return withAccess(asking);
}

/** The command, with the option of every command that asks about recordings more than once. */
export function withCache<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
    .optionsGroup("Service:")
    .option(
      "--cache <time>",
      "keep the recordings in the service's cache for so long, where that pays; not by --api interactions",
      parseLength,
    );
}
