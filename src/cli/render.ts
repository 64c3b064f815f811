import { Command } from "@commander-js/extra-typings";
import { pathOf } from "../audio/source.ts";
import type { Seconds } from "../units.ts";
import type { CommandContext } from "./commands.ts";
import { withTalk, withTranscriptFormat } from "./flags.ts";
import { rangeOf, sourceOf, talkOf } from "./options.ts";
import { outputsOf, renderingOf } from "./outputs.ts";
import { parseTime } from "./time.ts";
import { parseList } from "./values.ts";

const examples = `
Examples:
  $ gaudio render interview.json -f srt > interview.srt
  $ gaudio render interview.json -f srt,vtt,html --output-dir site --speaker-names "Ann,Ben"
  $ gaudio render whisper.json -o talk.vtt --max-line-width 32
  $ gaudio render part2.srt -o part2.vtt --offset 1:02:03
`;

/** gaudio render <transcript> */
export function define({ world, accept }: CommandContext) {
  return withTalk(withTranscriptFormat(new Command("render")))
    .argument(
      "<transcript>",
      "a transcript of gaudio, whisper or whisperX in JSON, or SRT, or VTT; - for stdin",
    )
    .optionsGroup("Transcript:")
    .option("--speaker-names <names>", 'names for the speakers in their order: "Ann,Ben"', parseList)
    .option("--start <time>", "only what is said from here on", parseTime)
    .option("--end <time>", "only what is said up to here", parseTime)
    .option("--offset <time>", "move all times by so much; --offset=-1.5 for earlier", parseOffset)
    .addHelpText("after", examples)
    .action((transcript, options) => {
      const source = sourceOf(transcript);
      const { isAll, ...results } = outputsOf(options, pathOf(source));
      accept({
        kind: "render",
        talk: talkOf(world, options),
        source,
        ...results,
        fillsAll: isAll,
        rendering: renderingOf(options),
        speakerNames: options.speakerNames ?? [],
        range: rangeOf(options),
        offset: options.offset ?? 0,
      });
    });
}

/** A time that may be negative. */
function parseOffset(value: string): Seconds {
  const sign = value.startsWith("-") ? -1 : 1;
  return sign * parseTime(value.replace(/^[-+]/, ""));
}
