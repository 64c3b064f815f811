import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "./commands.ts";
import { withAccess, withFormat, withTalk } from "./flags.ts";
import { accessOf, formatOf, talkOf } from "./options.ts";

const examples = `
Examples:
  $ gaudio models
  $ gaudio models --refresh
  $ gaudio models -f json | jq -r '.models[].name'
`;

/** gaudio models */
export function define({ world, accept }: CommandContext) {
  return withAccess(
    withTalk(withFormat(new Command("models"))).option(
      "--refresh",
      "ask the service which of them the key can use, and which others",
    ),
  )
    .addHelpText("after", examples)
    .action((options) => {
      accept({
        kind: "models",
        talk: talkOf(world, options),
        access: accessOf(options),
        format: formatOf(options),
        refresh: options.refresh === true,
      });
    });
}
