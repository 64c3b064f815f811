import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "./commands.ts";
import { withAsking, withAudio, withOutput, withTalk } from "./flags.ts";
import { askingOf, outputOf, sourceOf, talkOf } from "./options.ts";

const examples = `
Examples:
  $ gaudio summarize meeting.mp3
  $ gaudio summarize monday.mp3 tuesday.mp3 -p "What changed between the two?"
  $ gaudio summarize meeting.mp3 -f json | jq -r .text
`;

/** gaudio summarize <audio...> */
export function define({ world, accept }: CommandContext) {
  return withAsking(withAudio(withTalk(withOutput(new Command("summarize")))))
    .argument(
      "<audio...>",
      "the recordings, told about together: files, - for stdin, or files/<id> of uploads",
    )
    .addHelpText("after", examples)
    .action((audio, options) => {
      accept({
        kind: "summarize",
        talk: talkOf(world, options),
        asking: askingOf(world, options, outputOf(options)),
        sources: audio.map(sourceOf),
      });
    });
}
