import { Command, CommanderError } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";
import type { Invocation } from "../invocation.ts";
import type { World } from "../world.ts";
import { type CommandContext, type CommandEntry, commands } from "./commands.ts";

/** What the arguments come to: something to do, or a text to show (help, the version). */
export type Parsed =
  | { readonly kind: "invocation"; readonly invocation: Invocation }
  | { readonly kind: "shown"; readonly text: string };

const examples = `
Examples:
  $ gaudio transcribe interview.mp3
  $ gaudio transcribe interview.mp3 --diarize -f json | jq .segments[0]
  $ gaudio summarize monday.mp3 tuesday.mp3 > summary.txt
  $ gaudio ask "What is decided?" meeting.mp3
  $ gaudio probe *.wav

The key is read from GEMINI_API_KEY, else GOOGLE_API_KEY, else --api-key-file.
`;

/**
 * Reads the arguments.
 * Errors: Failure `usage`, which never repeats the value given to an option that is not known.
 */
export async function parseArguments(world: World): Promise<Parsed> {
  const { argv } = world;
  if (argv.length === 0) throw new Failure("usage", "no command", { hint: "gaudio --help lists them" });
  const shown: string[] = [];
  const accepted: Invocation[] = [];
  const program = createProgram(world, (text) => shown.push(text));
  const context: CommandContext = { world, accept: (invocation) => accepted.push(invocation) };
  try {
    for (const entry of commands) program.addCommand(await createCommand(program, entry, context));
    await program.parseAsync([...argv], { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode !== 0) throw (await import("./usage.ts")).usageFailure(thrown, argv);
  }
  const [invocation] = accepted;
  return invocation === undefined
    ? { kind: "shown", text: shown.join("") }
    : { kind: "invocation", invocation };
}

function createProgram(world: World, show: (text: string) => void): Command {
  return new Command("gaudio")
    .description("Transcribe, diarize and summarize recordings with Gemini, and ask about them.")
    .usage("<command> [options]")
    .version(world.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help on a command")
    .addHelpText("after", examples)
    .configureOutput({ writeOut: show, writeErr: () => {} })
    .exitOverride();
}

/** The command whole, if its name is among the arguments; else what the list of commands shows of it. */
async function createCommand(program: Command, entry: CommandEntry, context: CommandContext) {
  const command = context.world.argv.includes(entry.name)
    ? (await entry.load()).define(context)
    : new Command(entry.name);
  command.usage(entry.usage).description(entry.description).copyInheritedSettings(program);
  for (const one of command.commands) one.copyInheritedSettings(program);
  return command;
}
