import { Command } from "@commander-js/extra-typings";
import type { JournalAction } from "../invocation.ts";
import type { CommandContext } from "./commands.ts";
import { withFormat, withTalk } from "./flags.ts";
import { formatOf, talkOf } from "./options.ts";

const examples = `
Examples:
  $ gaudio journal list
  $ gaudio journal clear interview.mp3
  $ gaudio journal clear
`;

/** gaudio journal list|clear */
export function define(context: CommandContext) {
  return new Command("journal")
    .addHelpText("after", examples)
    .addCommand(defineList(context))
    .addCommand(defineClear(context));
}

function defineList({ world, accept }: CommandContext) {
  return withTalk(withFormat(new Command("list")))
    .description("print of which recordings answers are kept, the latest first")
    .action((options) => accept(invocationOf({ world }, options, { kind: "list" })));
}

function defineClear({ world, accept }: CommandContext) {
  return withTalk(withFormat(new Command("clear")))
    .description("remove the answers of some recordings, or of all, and print how much that frees")
    .argument("[recordings...]", "names or digests, as gaudio journal list shows them (default: all)")
    .action((recordings, options) => accept(invocationOf({ world }, options, { kind: "clear", recordings })));
}

type JournalOptions = Parameters<typeof talkOf>[1] & Parameters<typeof formatOf>[0];

function invocationOf(
  { world }: Pick<CommandContext, "world">,
  options: JournalOptions,
  action: JournalAction,
) {
  return { kind: "journal", talk: talkOf(world, options), format: formatOf(options), action } as const;
}
