import { Command, Option } from "@commander-js/extra-typings";
import type { SummaryStyle } from "../invocation.ts";
import type { CommandContext } from "./commands.ts";
import { withAsking, withAudio, withOutput, withTalk } from "./flags.ts";
import { askingOf, outputOf, sourceOf, talkOf } from "./options.ts";
import { parseLanguage, parseWords } from "./values.ts";

const examples = `
Examples:
  $ gaudio summarize meeting.mp3
  $ gaudio summarize meeting.mp3 --style minutes -l en -o minutes.txt
  $ gaudio summarize lecture.mp3 --style chapters --length long
  $ gaudio summarize monday.mp3 tuesday.mp3 -p "What changed between the two?"
  $ gaudio summarize meeting.mp3 -f json | jq -r .text
`;

const styles = ["bullets", "paragraph", "minutes", "chapters"] as const satisfies readonly SummaryStyle[];

/** gaudio summarize <audio...> */
export function define({ world, accept }: CommandContext) {
  return withAsking(withAudio(withTalk(withOutput(new Command("summarize")))))
    .argument(
      "<audio...>",
      "the recordings, told about together: files, - for stdin, links, or files/<id> of uploads",
    )
    .optionsGroup("Summary:")
    .addOption(
      new Option(
        "--style <style>",
        "points, one paragraph, minutes with decisions and actions, or chapters with times (default: the model's own)",
      ).choices(styles),
    )
    .option("--length <words>", "short, medium, long, or about how many words (default: any)", parseWords)
    .option(
      "-l, --language <code>",
      "the summary's language (default: the one that is spoken)",
      parseLanguage,
    )
    .addHelpText("after", examples)
    .action((audio, options) => {
      accept({
        kind: "summarize",
        talk: talkOf(world, options),
        asking: askingOf(world, options, outputOf(options)),
        sources: audio.map(sourceOf),
        style: options.style ?? null,
        words: options.length ?? null,
        language: options.language ?? null,
      });
    });
}
