import type { CommanderError } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";

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
  const [said = "", suggestion] = message.replace(/^error: /, "").split("\n");
  return new Failure("usage", withoutValue(said), { hint: suggestion ?? hintFor(code, argv) });
}

/** `unknown option '--token=secret'` → `unknown option '--token'`; of short options, the letter alone. */
function withoutValue(message: string): string {
  return message.replace(/^(unknown option ')(--[^=']*|-[^-'])[^']*'/, "$1$2'");
}

function hintFor(code: string, argv: readonly string[]): string {
  if (code === "commander.unknownCommand")
    return `gaudio transcribe ${argv[0] ?? "<audio>"} transcribes a recording`;
  const [command] = argv.filter((argument) => !argument.startsWith("-"));
  return `gaudio ${command === undefined ? "" : `${command} `}--help lists what there is`;
}
