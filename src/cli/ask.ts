import { Command, Option } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";
import type { CommandContext } from "./commands.ts";
import { withAsking, withAudio, withCache, withOutput, withTalk } from "./flags.ts";
import { askingOf, cacheOf, outputOf, sourceOf, talkOf } from "./options.ts";

const examples = `
Examples:
  $ gaudio ask "Who is late, and why?" meeting.mp3
  $ gaudio ask "What changed between the two?" monday.mp3 tuesday.mp3
  $ gaudio ask --question "What is decided?" --question "What is left open?" meeting.mp3
  $ gaudio ask "When is the budget talked about?" meeting.mp3 --cite
  $ gaudio ask "Which ships are named?" radio.ogg --schema ships.json | jq -r '.ships[].name'
`;

/** gaudio ask <question> <audio...> */
export function define({ world, accept }: CommandContext) {
  return withCache(withAsking(withAudio(withTalk(withOutput(new Command("ask"))))))
    .argument("[question]", "what to ask; the first recording where --question asks")
    .argument(
      "[audio...]",
      "the recordings, asked about together: files, - for stdin, links, or files/<id> of uploads",
    )
    .optionsGroup("Questions:")
    .addOption(
      new Option(
        "--question <text>",
        "what to ask, once for each question; the recordings are sent once",
      ).argParser((text: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), text]),
    )
    .addOption(
      new Option("--cite", "point to the times at which it is heard; they are checked").conflicts("schema"),
    )
    .option("--schema <file>", "answer as JSON of this JSON Schema; it is checked")
    .addHelpText("after", examples)
    .action((first, others, options) => {
      const { questions, audio } = apart([first ?? [], others].flat(), options.question);
      accept({
        kind: "ask",
        talk: talkOf(world, options),
        asking: askingOf(world, options, outputOf(options)),
        sources: audio.map(sourceOf),
        questions,
        schemaFile: options.schema ?? null,
        cite: options.cite === true,
        cache: cacheOf(options),
      });
    });
}

/** With --question, all arguments are recordings; else the first is the question. */
function apart(words: readonly string[], asked: readonly string[] | undefined) {
  const questions = (asked ?? words.slice(0, 1)).map((question) => question.trim());
  const audio = asked === undefined ? words.slice(1) : words;
  if (questions.length === 0 || questions.includes("")) throw missing("question");
  if (audio.length === 0) throw missing("audio");
  return { questions, audio };
}

function missing(name: string): Failure {
  return new Failure("usage", `missing required argument '${name}'`, {
    hint: 'gaudio ask "Who speaks?" talk.mp3, or gaudio ask --question "Who speaks?" talk.mp3',
  });
}
