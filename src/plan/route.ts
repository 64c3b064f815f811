import { Failure } from "../failure.ts";
import type { Asking, TranscribeInvocation } from "../invocation.ts";
import type { Seconds } from "../units.ts";
import { formatDuration } from "./duration.ts";
import {
  defaultGeneralModel,
  defaultTranscriptionModel,
  generalModels,
  type Model,
  modelNamed,
} from "./models.ts";

/** Which model is asked, and why that one. */
export interface Choice {
  readonly model: Model;
  readonly reason: string;
}

/** Which model transcribes. */
export interface Routing {
  readonly choice: Choice;
  /** For recordings that are too long for the choice; null where no other can take its place. */
  readonly longer: Choice | null;
}

/** What is asked of a transcript. */
type Wanted = Omit<TranscribeInvocation, "kind" | "talk">;

/** The most terms that a transcription model takes [doc: the transcribe page]. */
const mostTerms = 1_000;

/**
 * Chooses the model for a transcript: the one that was named, if it can; else the one that does best what is
 * asked. `terms` is how many names and terms of a vocabulary there are.
 * Errors: Failure `usage` for what the named model cannot do, or none can.
 */
export function routeTranscript(wanted: Wanted, terms: number): Routing {
  const name = wanted.asking.model;
  const instructions = instructionsIn(wanted);
  const refusal = instructions[0] ?? exclusionIn(wanted, terms);
  if (name !== "auto") {
    const model = modelNamed(name);
    assertAble(model, wanted, refusal);
    return { choice: { model, reason: "it was named" }, longer: null };
  }
  const general = modelNamed(defaultGeneralModel);
  if (refusal === undefined) {
    const model = modelNamed(defaultTranscriptionModel);
    const choice = { model, reason: "it transcribes best, and nothing else is asked for" };
    return { choice, longer: wanted.timestamps === "word" ? null : tooLong(general, model, wanted) };
  }
  if (wanted.timestamps === "word") throw noWords(refusal);
  const reason = `${defaultTranscriptionModel} does not take ${instructions.length > 0 ? listed(instructions) : refusal}`;
  return { choice: { model: general, reason }, longer: null };
}

/** Frames are whole: what is sent of a lossy recording may decode to a little more. */
const margin: Seconds = 1;

/** The choice for a recording of some length. */
export function choiceFor({ choice, longer }: Routing, wanted: Wanted, duration: Seconds): Choice {
  const limit = choice.model.recordingLimit;
  if (limit === null || longer === null) return choice;
  return duration > (isDetailed(wanted) ? limit.words : limit.text) - margin ? longer : choice;
}

/** Whether times or speakers are wanted, of which a transcription model tells by word. */
export function isDetailed({ timestamps, diarize, splitChannels }: Wanted): boolean {
  return timestamps !== "none" || diarize || splitChannels;
}

/**
 * Chooses the model for what takes instructions.
 * Errors: Failure `usage` for a model that only transcribes.
 */
export function routeInstructions({ model: name }: Pick<Asking, "model">): Choice {
  if (name === "auto") {
    return { model: modelNamed(defaultGeneralModel), reason: "it follows instructions" };
  }
  const model = modelNamed(name);
  if (model.kind === "general") return { model, reason: "it was named" };
  throw new Failure("usage", `the model ${model.name} takes no instructions, it only transcribes`, {
    hint: `use one of ${generalModels.join(", ")}; -m auto chooses, whatever GAUDIO_MODEL is`,
  });
}

function tooLong(general: Model, { name, recordingLimit }: Model, wanted: Wanted): Choice {
  const limit = isDetailed(wanted) ? recordingLimit?.words : recordingLimit?.text;
  const what = isDetailed(wanted) ? " with times or speakers" : "";
  const reason = `the recording is longer than ${formatDuration(limit ?? 0)}, the most that ${name} takes${what}`;
  return { model: general, reason };
}

/** The options that only a model that follows instructions can do, as the user wrote them. */
function instructionsIn(wanted: Wanted): readonly string[] {
  const { asking } = wanted;
  const { settings } = asking;
  const asked: readonly (readonly [flag: string, isAsked: boolean])[] = [
    ["a link to YouTube", wanted.source.kind === "video"],
    ["--translate-to", wanted.translateTo !== null],
    ["--emotion", wanted.emotion],
    ["--events", wanted.events],
    ["--summary", wanted.summary],
    ["--speakers", wanted.speakers !== null],
    ["--prompt", asking.prompt !== null],
    ["--system", asking.system !== null],
    // Its page tells of none of these: what is not documented is not sent to it.
    ["--thinking", asking.thinking !== null],
    ["--max-output-tokens", settings.maxOutputTokens !== null],
    ["--temperature", settings.temperature !== null],
    ["--seed", settings.seed !== null],
    ["--safety", settings.safety !== null],
    ["--service-tier", settings.serviceTier !== "standard"],
  ];
  return asked.flatMap(([flag, isAsked]) => (isAsked ? [flag] : []));
}

/** What a transcription model does not do together [doc: the transcribe page]; nothing where it does all. */
function exclusionIn(wanted: Wanted, terms: number): string | undefined {
  const detail = wanted.diarize ? "--diarize" : wanted.splitChannels ? "--split-channels" : "--timestamps";
  if (wanted.mode === "smart" && isDetailed(wanted)) return `--mode smart with ${detail}`;
  if (terms > 0 && isDetailed(wanted)) return `--vocabulary with ${detail}`;
  return terms > mostTerms ? `--vocabulary of more than ${mostTerms} terms` : undefined;
}

function assertAble({ name, kind }: Model, { timestamps }: Wanted, refusal: string | undefined): void {
  if (kind === "transcription" && refusal !== undefined) {
    const others = `one of ${generalModels.join(", ")}; -m auto chooses`;
    // The json format asks for times unless it is told not to.
    const way = refusal.endsWith("--timestamps") ? "leave one out (--timestamps none)" : "leave that out";
    throw new Failure("usage", `the model ${name} does not take ${refusal}`, {
      hint: `${way}, or use ${others}`,
    });
  }
  if (kind === "general" && timestamps === "word") {
    throw new Failure("usage", `the model ${name} does not tell the times of words`, {
      hint: `use -m ${defaultTranscriptionModel}, or --timestamps segment`,
    });
  }
}

function noWords(refusal: string): Failure {
  return new Failure("usage", `--timestamps word cannot be had together with ${refusal}`, {
    hint: `only ${defaultTranscriptionModel} times words, and does not take ${refusal}: leave one of them out, or use --timestamps segment`,
  });
}

function listed(flags: readonly string[]): string {
  const [last = "", ...others] = flags.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(", ")} or ${last}`;
}
