import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "./commands.ts";
import { withAccess, withAudio, withFormat, withTalk } from "./flags.ts";
import { accessOf, formatOf, preparingOf, sourceOf, talkOf } from "./options.ts";

const examples = `
Examples:
  $ gaudio probe interview.mp3
  $ gaudio probe -f json *.wav | jq .total.within_limit
`;

/** gaudio probe <audio...> */
export function define({ world, accept }: CommandContext) {
  return withAccess(withAudio(withTalk(withFormat(new Command("probe")))))
    .argument("<audio...>", "the recordings: files, - for stdin, or https links")
    .addHelpText("after", examples)
    .action((audio, options) => {
      accept({
        kind: "probe",
        talk: talkOf(world, options),
        sources: audio.map(sourceOf),
        preparing: preparingOf(options),
        access: accessOf(options),
        format: formatOf(options),
      });
    });
}
