import type { CommanderError } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";
import { commandNames } from "./commands.ts";

const keyHint =
  "the key is read from GEMINI_API_KEY, else GOOGLE_API_KEY, else --api-key-file: on the command line, other users could see it";

/**
 * commander's complaint as a Failure `usage`. The value of an option that it does not know
 * is not repeated: it may be a key.
 */
export function usageFailure({ code, message }: CommanderError, argv: readonly string[]): Failure {
  if (argv.some((argument) => /^--?api-?key($|=)/i.test(argument))) {
    return new Failure("usage", "there is no option --api-key", { hint: keyHint });
  }
  if (code === "commander.unknownOption") return unknownOption(message, argv);
  if (code === "commander.unknownCommand" || code === "commander.help") return unknownCommand(argv);
  const [said = ""] = message.replace(/^error: /, "").split("\n");
  return new Failure("usage", said, { hint: helpHint(argv) });
}

function unknownOption(message: string, argv: readonly string[]): Failure {
  const argument = argv.find((one) => one.startsWith("-") && message.includes(`'${one}'`)) ?? "";
  const isLong = argument.startsWith("--");
  const name = isLong ? /^--[\w-]*/.exec(argument)?.[0] : argument.slice(0, 2);
  const suggestion = /\(Did you mean (--[\w-]+)\?\)$/.exec(message)?.[1];
  const hint = suggestion === undefined ? helpHint(argv) : `did you mean ${suggestion}?`;
  return new Failure("usage", `unknown option ${name || "-"}`, { hint });
}

function unknownCommand(argv: readonly string[]): Failure {
  const [first = "", second] = argv.filter((argument) => !argument.startsWith("-") && argument !== "help");
  if (commandNames.includes(first)) {
    const said =
      second === undefined ? `no command of ${first}` : `unknown command ${JSON.stringify(second)}`;
    return new Failure("usage", said, { hint: helpHint(argv) });
  }
  const isFile = /[./]/.test(first);
  const hint = isFile
    ? `gaudio transcribe ${first} transcribes a recording`
    : "gaudio --help lists the commands";
  return new Failure("usage", `unknown command ${JSON.stringify(first)}`, { hint });
}

function helpHint(argv: readonly string[]): string {
  const command = argv.find((argument) => commandNames.includes(argument));
  return `gaudio ${command === undefined ? "" : `${command} `}--help lists what there is`;
}
