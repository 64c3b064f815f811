import { basename, join } from "node:path";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import {
  type Asking,
  type Output,
  type RenderOptions,
  type TranscriptFormat,
  transcriptFormats,
} from "../invocation.ts";
import { destinationOf } from "./options.ts";

/** The end of each format's file names. */
const extensions = {
  text: ".txt",
  json: ".json",
  jsonl: ".jsonl",
  srt: ".srt",
  vtt: ".vtt",
  tsv: ".tsv",
  csv: ".csv",
  rttm: ".rttm",
  ctm: ".ctm",
  md: ".md",
  html: ".html",
  podcast: ".podcast.json",
  whisper: ".whisper.json",
  whisperx: ".whisperx.json",
} as const satisfies Record<TranscriptFormat, string>;

/** Extensions of formats that text, under their name, would only pretend to be. */
const otherFormats = /\.(docx?|odt|pdf|rtf|ass|ssa|sbv|ttml|dfxp|stl|xlsx?|eaf|textgrid)$/i;

interface OutputOptions {
  readonly format?: readonly TranscriptFormat[] | "all" | undefined;
  readonly json?: true | undefined;
  readonly output?: string | undefined;
  readonly outputDir?: string | undefined;
  readonly overwrite?: true | undefined;
}

/** What a command's results are to be. */
export interface Results extends Pick<Asking, "format" | "outputs"> {
  /** Whether every format is wanted that the transcript can fill. */
  readonly isAll: boolean;
}

/**
 * As what, and where, a transcript is written. `source` is what it is of: files in a folder are named after it.
 * Errors: Failure `usage` for several formats that are to go to one place, or a name that tells of none.
 */
export function outputsOf(options: OutputOptions, source: string): Results {
  const isAll = options.format === "all";
  const chosen = formatsOf(options);
  const outputs = chosen.map((format): Output => ({ format, destination: placeOf(format, options, source) }));
  const [first, ...others] = outputs;
  if (first?.destination.kind === "stdout" && others.length > 0) throw severalAtOnce("stdout");
  if (others.length > 0 && options.outputDir === undefined && !isPattern(options)) {
    throw severalAtOnce(options.output ?? "");
  }
  const isJson = chosen.some((format) => format === "json" || format === "jsonl");
  return { format: isJson ? "json" : "text", outputs, isAll };
}

/** How subtitles are laid out. Whisper's spellings of the options are taken, too. */
export function renderingOf(options: LayoutOptions): RenderOptions {
  return {
    cues: {
      maxLineWidth: options.maxLineWidth ?? options.max_line_width ?? 42,
      maxLineCount: options.maxLineCount ?? options.max_line_count ?? 2,
      maxWordsPerLine: options.maxWordsPerLine ?? options.max_words_per_line ?? null,
      maxCps: options.maxCps ?? null,
    },
    highlightWords: options.highlightWords === true || options.highlight_words === true,
  };
}

interface LayoutOptions {
  readonly maxLineWidth?: number | undefined;
  readonly max_line_width?: number | undefined;
  readonly maxLineCount?: number | undefined;
  readonly max_line_count?: number | undefined;
  readonly maxWordsPerLine?: number | undefined;
  readonly max_words_per_line?: number | undefined;
  readonly maxCps?: number | undefined;
  readonly highlightWords?: true | undefined;
  readonly highlight_words?: true | undefined;
}

function formatsOf({ format, json, output, outputDir }: OutputOptions): readonly TranscriptFormat[] {
  if (format === "all") return transcriptFormats;
  if (json === true && format !== undefined && !format.includes("json")) {
    throw new Failure("usage", `--json and -f ${format.join()} contradict each other`, {
      hint: "leave one of them out",
    });
  }
  if (format !== undefined) return format;
  if (json === true) return ["json"];
  return [outputDir === undefined ? formatOfName(output ?? "") : "text"];
}

/** The longest extension counts: `x.whisper.json` is whisper's. */
function formatOfName(output: string): TranscriptFormat {
  const name = output.toLowerCase();
  const fitting = transcriptFormats.filter((format) => name.endsWith(extensions[format]));
  const [longest] = fitting.toSorted((a, b) => extensions[b].length - extensions[a].length);
  if (longest !== undefined) return longest;
  const other = otherFormats.exec(name)?.[0];
  if (other === undefined) return "text";
  throw new Failure("usage", `gaudio does not write ${other} files`, {
    hint: `give -f, one of ${transcriptFormats.join(", ")}, to write that under this name`,
  });
}

function placeOf(format: TranscriptFormat, options: OutputOptions, source: string): Output["destination"] {
  const { output, outputDir, overwrite } = options;
  if (output !== undefined && outputDir !== undefined) {
    throw new Failure("usage", "--output and --output-dir contradict each other", {
      hint: "leave one of them out",
    });
  }
  if (outputDir !== undefined) {
    const path = join(outputDir, `${stemOf(source)}${extensions[format]}`);
    return { kind: "file", path, overwrite: overwrite === true };
  }
  const path = isPattern(options) ? output?.replace(/\.\*$/, extensions[format]) : output;
  return destinationOf({ output: path, overwrite });
}

/** `name.*` is a name for each format. */
function isPattern({ output }: OutputOptions): boolean {
  return output?.endsWith(".*") ?? false;
}

/** A file's name without its folder and without what tells its format. */
function stemOf(source: string): string {
  const name = source === "-" ? "stdin" : basename(source);
  const known = Object.values(extensions).toSorted((a, b) => b.length - a.length);
  const extension = known.find((one) => name.toLowerCase().endsWith(one)) ?? /\.[^.]*$/.exec(name)?.[0] ?? "";
  return name.slice(0, name.length - extension.length) || name;
}

function severalAtOnce(place: string): Failure {
  return new Failure("usage", `several formats cannot go to ${nameOf(place)}`, {
    hint: 'name a folder with --output-dir, or -o "name.*"',
  });
}
