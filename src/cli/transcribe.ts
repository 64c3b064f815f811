import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { Failure } from "../failure.ts";
import type { CommandContext } from "./commands.ts";
import { askingOf, commandThatAsks, sourceOf, talkOf } from "./flags.ts";
import { parseLanguage } from "./values.ts";

const examples = `
Examples:
  $ gaudio transcribe interview.mp3
  $ gaudio transcribe interview.mp3 --diarize --timestamps segment
  $ gaudio transcribe call.wav --diarize -f json -o call.json
  $ gaudio transcribe film.mkv --start 12:00 --end 18m30s
  $ curl -s https://example.com/talk.mp3 | gaudio transcribe -
  $ gaudio transcribe files/abc-123 --assume-duration 1:02:03
`;

/** gaudio transcribe <audio> */
export function define({ world, accept }: CommandContext) {
  return commandThatAsks("transcribe")
    .argument("<audio>", "the recording: a file, - for stdin, or files/<id> of an upload")
    .optionsGroup("Transcript:")
    .addOption(new Option("--diarize", "tell who speaks").conflicts("splitChannels"))
    .option("--split-channels", "each channel is a speaker of its own, as in recordings of calls")
    .option("--speaker-names <names>", 'names for the speakers in their order: "Ann,Ben"', parseNames)
    .addOption(
      new Option("--timestamps <which>", "tell when (default: none for text, segment for json)").choices([
        "none",
        "segment",
      ] as const),
    )
    .option("-l, --language <code>", "the language that is spoken (default: detected)", parseLanguage)
    .addHelpText("after", examples)
    .action((audio, options) => {
      const asking = askingOf(world, options);
      accept({
        kind: "transcribe",
        talk: talkOf(world, options),
        asking,
        source: sourceOf(audio),
        diarize: options.diarize === true,
        splitChannels: options.splitChannels === true,
        speakerNames: speakerNamesOf(options),
        timestamps: options.timestamps ?? (asking.format === "json" ? "segment" : "none"),
        language: options.language ?? null,
      });
    });
}

interface SpeakerOptions {
  readonly diarize?: true | undefined;
  readonly splitChannels?: true | undefined;
  readonly speakerNames?: readonly string[] | undefined;
}

function speakerNamesOf({ diarize, splitChannels, speakerNames = [] }: SpeakerOptions): readonly string[] {
  if (speakerNames.length === 0 || diarize === true || splitChannels === true) return speakerNames;
  throw new Failure("usage", "--speaker-names names speakers, and none are told apart", {
    hint: "add --diarize, or --split-channels",
  });
}

/** Names with commas between them. */
function parseNames(value: string): string[] {
  const names = value.split(",").map((name) => name.trim());
  if (names.every((name) => name !== "")) return names;
  throw new InvalidArgumentError('It must be names with commas between them, such as "Ann,Ben".');
}
