import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "./commands.ts";
import { withAsking, withAudio, withOutput, withTalk } from "./flags.ts";
import { askingOf, outputOf, sourceOf, talkOf } from "./options.ts";
import { parseLanguage } from "./values.ts";

const examples = `
Examples:
  $ gaudio describe forest.ogg
  $ gaudio describe song.flac -l en
  $ gaudio describe before.wav after.wav -p "How do the two differ?"
`;

/** gaudio describe <audio...> */
export function define({ world, accept }: CommandContext) {
  return withAsking(withAudio(withTalk(withOutput(new Command("describe")))))
    .argument(
      "<audio...>",
      "the recordings, told about together: files, - for stdin, links, or files/<id> of uploads",
    )
    .optionsGroup("Description:")
    .option(
      "-l, --language <code>",
      "the description's language (default: the one that is spoken)",
      parseLanguage,
    )
    .addHelpText("after", examples)
    .action((audio, options) => {
      accept({
        kind: "describe",
        talk: talkOf(world, options),
        asking: askingOf(world, options, outputOf(options)),
        sources: audio.map(sourceOf),
        language: options.language ?? null,
      });
    });
}
