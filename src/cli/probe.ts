import { Command } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";
import type { CommandContext } from "./commands.ts";
import { withAccess, withAudio, withFormat, withTalk } from "./flags.ts";
import { accessOf, formatOf, modelIn, preparingOf, sourceOf, talkOf } from "./options.ts";
import { parseModel } from "./values.ts";

const examples = `
Examples:
  $ gaudio probe interview.mp3
  $ gaudio probe -f json *.wav | jq .total.within_limit
  $ gaudio probe --count interview.mp3
`;

/** gaudio probe <audio...> */
export function define({ world, accept }: CommandContext) {
  return withAccess(withAudio(withTalk(withFormat(new Command("probe")))))
    .argument("<audio...>", "the recordings: files, - for stdin, or https links")
    .optionsGroup("Counting:")
    .option("--count", "ask the service how many tokens it counts; only this needs a key, and sends anything")
    .option("-m, --model <name>", "by which model (default: GAUDIO_MODEL, else auto)", parseModel)
    .addHelpText("after", examples)
    .action((audio, options) => {
      if (options.model !== undefined && options.count !== true) throw noCount;
      accept({
        kind: "probe",
        talk: talkOf(world, options),
        sources: audio.map(sourceOf),
        preparing: preparingOf(options),
        access: accessOf(options),
        countBy: options.count === true ? (options.model ?? modelIn(world.env)) : null,
        format: formatOf(options),
      });
    });
}

const noCount = new Failure("usage", "--model is for --count", {
  hint: "add --count to ask the service how many tokens it counts",
});
