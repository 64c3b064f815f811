import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Fault } from "./faults.ts";
import type { Heard } from "./hearing/hear.ts";
import type { Question } from "./question.ts";

/** What a model was asked about, and what became of the question, for tests to look at. */
export interface LoggedQuestion {
  readonly route: "generate" | "interactions";
  readonly model: string;
  /** SHA-256, in hex, of all that was asked: the same for the same question about the same bytes, wherever they lie. */
  readonly digest: string;
  /** How long its audio is, all of it together. */
  readonly seconds: number;
  /** The texts of the words in its audio, in the order in which they begin: they tell where in a recording it lies. */
  readonly words: readonly string[];
  /** What went wrong with it. */
  readonly fault: Fault | null;
  /**
   * `answered`: all of the answer was handed to the connection, though it may be one that a fault spoiled, and a
   * client that was killed may not have read it. `refused`: an error was. `broken`: the connection closed before
   * that. `open`: none of it yet.
   */
  readonly outcome: "open" | "answered" | "refused" | "broken";
  /** When the request was whole, in milliseconds since the epoch. */
  readonly arrivedMs: number;
  /** When it was no longer open; null until then. */
  readonly endedMs: number | null;
}

type Entry = { -readonly [Key in keyof LoggedQuestion]: LoggedQuestion[Key] };

interface Logged extends Pick<LoggedQuestion, "route" | "arrivedMs" | "fault"> {
  readonly question: Question;
  readonly heard: readonly Heard[];
}

/** All questions that were read and heard, in the order in which they were heard. */
export class QuestionLog {
  readonly questions: LoggedQuestion[] = [];

  /** Enters a question, and follows what becomes of it. */
  add({ question, heard, ...rest }: Logged, response: ServerResponse): void {
    const entry: Entry = {
      ...rest,
      model: question.model.name,
      digest: digestOf(question, heard),
      seconds: heard.reduce((sum, { seconds }) => sum + seconds, 0),
      words: heard.flatMap(({ words }) => words.map(({ text }) => text)),
      outcome: "open",
      endedMs: null,
    };
    this.questions.push(entry);
    const end = (outcome: LoggedQuestion["outcome"]) => {
      if (entry.outcome === "open") Object.assign(entry, { outcome, endedMs: Date.now() });
    };
    response.once("finish", () => end(response.statusCode < 400 ? "answered" : "refused"));
    response.once("close", () => end("broken"));
    if (response.destroyed) end("broken");
  }
}

/** How many seconds of audio were asked about: what is asked twice counts twice. */
export function secondsAsked(questions: readonly LoggedQuestion[]): number {
  return questions.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The questions that came after the same one had been answered, and no fault had spoiled its answer. */
export function askedAgain(questions: readonly LoggedQuestion[]): LoggedQuestion[] {
  return questions.filter(({ digest, arrivedMs }) =>
    questions.some(
      (other) =>
        other.digest === digest &&
        other.outcome === "answered" &&
        other.fault === null &&
        (other.endedMs ?? Number.POSITIVE_INFINITY) <= arrivedMs,
    ),
  );
}

/** Where audio lies, and under which name, is no part of a question: what is in it is. */
function digestOf({ parts, model, ...asked }: Question, heard: readonly Heard[]): string {
  const audio = heard.map(({ digest }) => digest);
  const told = parts.map((part) => (part.kind === "text" ? part.text : (audio.shift() ?? null)));
  return createHash("sha256")
    .update(JSON.stringify([model.name, told, asked]))
    .digest("hex");
}
