import { InvalidArgumentError } from "@commander-js/extra-typings";
import { type TranscriptFormat, transcriptFormats } from "../invocation.ts";
import { mostLineup } from "../plan/lineup.ts";
import { canonicalLanguage, languageName } from "../transcript/language.ts";

/** The names that models have; the SDK would put others into its paths. */
export const modelName = /^(models\/)?[a-z0-9][a-z0-9._-]*$/i;

export function parseCost(value: string): number {
  if (/^\d+(\.\d+)?$|^\.\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It must be an amount of US dollars, such as 0.50.");
}

export function parseModel(value: string): string {
  if (modelName.test(value)) return value;
  throw new InvalidArgumentError("It must be the name of a model.");
}

export function parseTrack(value: string): number {
  if (/^[1-9]\d{0,2}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It must be the number of a track, 1 for the first.");
}

/** Timers count milliseconds in 31 bits: some 24 days at most. */
export function parseTimeout(value: string): number {
  const seconds = Number(value);
  if (seconds > 0 && seconds <= 2_000_000) return seconds;
  throw new InvalidArgumentError("It must be a number of seconds, more than 0.");
}

export function parseCount(value: string): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It must be a number of tokens, 1 or more.");
}

export function parseTemperature(value: string): number {
  if (/^\d(\.\d+)?$/.test(value) && Number(value) <= 2) return Number(value);
  throw new InvalidArgumentError("It must be a number from 0 to 2.");
}

/** The API takes 32 bits [types]. */
export function parseSeed(value: string): number {
  if (/^\d{1,10}$/.test(value) && Number(value) < 2 ** 31) return Number(value);
  throw new InvalidArgumentError("It must be a whole number below 2147483648.");
}

export function parseRetries(value: string): number {
  if (/^\d{1,3}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It must be a whole number, 0 for none.");
}

/** The formats of a transcript, with commas between them; `all` for all. */
export function parseFormats(value: string): readonly TranscriptFormat[] | "all" {
  const names = parseList(value);
  if (names.includes("all")) return "all";
  return [...new Set(names)].map((name) => {
    const format = transcriptFormats.find((known) => known === name);
    if (format !== undefined) return format;
    throw new InvalidArgumentError(`Allowed choices are ${transcriptFormats.join(", ")}, all.`);
  });
}

export function parseAmount(value: string): number {
  if (/^[1-9]\d{0,3}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It must be a whole number, 1 or more.");
}

/** In fewer columns, a wide character behind a name would have no room. */
export function parseLineWidth(value: string): number {
  const columns = parseAmount(value);
  if (columns >= 10) return columns;
  throw new InvalidArgumentError("It must be 10 or more.");
}

/** Percent of a recording. */
export function parseLineup(value: string): number {
  const percent = Number(value);
  if (/^\d+(\.\d+)?$/.test(value) && percent > 0 && percent <= mostLineup) return percent;
  throw new InvalidArgumentError(`It must be a number of percent, more than 0 and ${mostLineup} at most.`);
}

/** The number of people who speak. */
export function parseSpeakers(value: string): number {
  if (/^[1-9]\d?$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It must be a number of speakers, 1 to 99.");
}

/** Values with commas between them. */
export function parseList(value: string): string[] {
  const list = value.split(",").map((one) => one.trim());
  if (list.every((one) => one !== "")) return list;
  throw new InvalidArgumentError('It must be values with commas between them, such as "Ann,Ben".');
}

/** Checks a language: `en-gb` becomes `en-GB`, and `english` `en`, as the model is told. */
export function parseLanguage(value: string): string {
  const code = canonicalLanguage(value);
  if (code !== null && languageName(code) !== null) return code;
  throw new InvalidArgumentError("It must be a language code such as en, de or pt-BR.");
}

/** How long a text is to be, in words. */
export function parseWords(value: string): number {
  const named = new Map([
    ["short", 60],
    ["medium", 200],
    ["long", 600],
  ]).get(value);
  if (named !== undefined) return named;
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It must be short, medium, long, or a number of words.");
}
