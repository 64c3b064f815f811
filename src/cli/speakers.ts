import { Command } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";
import type { CommandContext } from "./commands.ts";
import { withFormat, withOverwrite, withTalk } from "./flags.ts";
import { formatOf, sourceOf, talkOf } from "./options.ts";
import { parseTrack } from "./values.ts";

const examples = `
Examples:
  $ gaudio speakers interview.json interview.mp3 --sample-dir voices
  $ gaudio render interview.json -f html --speaker-names "Ann,Ben" > interview.html
`;

/** gaudio speakers <transcript> <audio> */
export function define({ world, accept }: CommandContext) {
  const command = withOverwrite(
    withFormat(new Command("speakers")).requiredOption(
      "--sample-dir <folder>",
      "write the clips to this folder, which is made where it is not there",
    ),
  );
  return withTalk(command)
    .argument("<transcript>", "a transcript with speakers and times, as gaudio render reads it; - for stdin")
    .argument("<audio>", "the recording that it is of; - for stdin")
    .optionsGroup("Recording:")
    .option("--track <number>", "which audio track of a video counts (default: the first)", parseTrack)
    .addHelpText("after", examples)
    .action((transcript, audio, options) =>
      accept({
        kind: "speakers",
        talk: talkOf(world, options),
        format: formatOf(options),
        transcript: sourceOf(transcript),
        audio: sourceOf(audio),
        track: options.track === undefined ? null : options.track - 1,
        directory: folderOf(options.sampleDir),
        overwrite: options.overwrite === true,
      }),
    );
}

/** Errors: Failure `usage` for what an empty variable of a shell leaves. */
function folderOf(name: string): string {
  if (name !== "") return name;
  throw new Failure("usage", '--sample-dir "" names no folder', { hint: "name one: --sample-dir voices" });
}
