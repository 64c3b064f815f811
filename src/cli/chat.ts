import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "./commands.ts";
import { withAsking, withAudio, withCache, withTalk } from "./flags.ts";
import { askingOf, cacheOf, outputOf, sourceOf, talkOf } from "./options.ts";

const examples = `
Questions are typed; Ctrl-C cancels an answer, Ctrl-D ends. /cost prints what it has cost so far, /help what
else there is. Where stdin is no terminal, each of its lines is a question.

Examples:
  $ gaudio chat meeting.mp3
  $ gaudio chat monday.mp3 tuesday.mp3 --thinking medium
  $ gaudio chat meeting.mp3 < questions.txt > answers.txt
`;

/** gaudio chat <audio...> */
export function define({ world, accept }: CommandContext) {
  return withCache(withAsking(withAudio(withTalk(new Command("chat")))))
    .argument(
      "<audio...>",
      "the recordings, asked about together: files, https links, or files/<id> of uploads",
    )
    .addHelpText("after", examples)
    .action((audio, options) => {
      accept({
        kind: "chat",
        talk: talkOf(world, options),
        asking: askingOf(world, options, outputOf({})),
        sources: audio.map(sourceOf),
        cache: cacheOf(options),
      });
    });
}
