import type { CommandContext } from "./commands.ts";
import { commandWithTalk, formatOf, talkOf } from "./flags.ts";

const examples = `
Examples:
  $ gaudio models
  $ gaudio models -f json | jq -r '.models[].name'
`;

/** gaudio models */
export function define({ world, accept }: CommandContext) {
  return commandWithTalk("models")
    .addHelpText("after", examples)
    .action((options) => {
      accept({ kind: "models", talk: talkOf(world, options), format: formatOf(options) });
    });
}
