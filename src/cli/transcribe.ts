import { Option } from "@commander-js/extra-typings";
import type { CommandContext } from "./commands.ts";
import { askingOf, commandThatAsks, parseLanguage, sourceOf, talkOf } from "./flags.ts";

const examples = `
Examples:
  $ gaudio transcribe interview.mp3
  $ gaudio transcribe interview.mp3 --diarize --timestamps segment
  $ gaudio transcribe call.wav --diarize -f json -o call.json
  $ gaudio transcribe film.mkv --start 12:00 --end 18m30s
  $ curl -s https://example.com/talk.mp3 | gaudio transcribe -
`;

/** gaudio transcribe <audio> */
export function define({ world, accept }: CommandContext) {
  return commandThatAsks("transcribe")
    .argument("<audio>", "the recording: a file, or - for stdin")
    .optionsGroup("Transcript:")
    .option("--diarize", "tell who speaks")
    .addOption(
      new Option("--timestamps <which>", "tell when (default: none for text, segment for json)").choices([
        "none",
        "segment",
      ] as const),
    )
    .option("-l, --language <code>", "the language that is spoken (default: detected)", parseLanguage)
    .addHelpText("after", examples)
    .action((audio, options) => {
      const asking = askingOf(options);
      accept({
        kind: "transcribe",
        talk: talkOf(world, options),
        asking,
        source: sourceOf(audio),
        diarize: options.diarize === true,
        timestamps: options.timestamps ?? (asking.format === "json" ? "segment" : "none"),
        language: options.language ?? null,
      });
    });
}
