import { Command, Option } from "@commander-js/extra-typings";
import { pathOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Timestamps, TranscribeInvocation, TranscriptFormat, TranscriptionMode } from "../invocation.ts";
import { defaultLineup } from "../plan/lineup.ts";
import { defaultOverlap } from "../plan/windows.ts";
import { type Need, needs } from "../render/needs.ts";
import type { Seconds } from "../units.ts";
import type { CommandContext } from "./commands.ts";
import { withAsking, withAudio, withTalk, withTranscriptFormat } from "./flags.ts";
import { askingOf, journalOf, sourceOf, talkOf } from "./options.ts";
import { outputsOf, renderingOf } from "./outputs.ts";
import { parseLength } from "./time.ts";
import { parseAmount, parseLanguage, parseLineup, parseList, parseSpeakers } from "./values.ts";

const examples = `
Examples:
  $ gaudio transcribe interview.mp3
  $ gaudio transcribe interview.mp3 --diarize --timestamps segment
  $ gaudio transcribe call.wav --diarize --word-timestamps -o call.json
  $ gaudio transcribe film.mkv -o film.srt
  $ gaudio transcribe talk.mp3 --diarize -f json,vtt,html --output-dir site
  $ gaudio transcribe talk.ogg --translate-to en --emotion --summary -f json
  $ gaudio transcribe film.mkv --start 12:00 --end 18m30s
  $ gaudio transcribe https://example.com/talk.mp3
  $ gaudio transcribe files/abc-123 --assume-duration 1:02:03
`;

const timestamps = ["none", "segment", "word"] as const satisfies readonly Timestamps[];

const modes = ["verbatim", "smart"] as const satisfies readonly TranscriptionMode[];

/** gaudio transcribe <audio> */
export function define({ world, accept }: CommandContext) {
  return withAsking(withAudio(withTalk(withTranscriptFormat(new Command("transcribe")))))
    .argument("[audio]", "the recording: a file, - for stdin, a link, or files/<id> of an upload")
    .optionsGroup("Transcript:")
    .addOption(new Option("--diarize", "tell who speaks").conflicts("splitChannels"))
    .addOption(
      new Option("--speakers <number>", "how many speakers there are; tells who speaks")
        .argParser(parseSpeakers)
        .conflicts("splitChannels"),
    )
    .option("--split-channels", "each channel is a speaker of its own, as in recordings of calls")
    .option("--speaker-names <names>", 'names for the speakers in their order: "Ann,Ben"', parseList)
    .addOption(
      new Option("--timestamps <which>", "tell when (default: as the format needs: none for text)").choices(
        timestamps,
      ),
    )
    .option("--word-timestamps", "the same as --timestamps word")
    .addOption(new Option("--word_timestamps").hideHelp())
    .option("-l, --language <code>", "the language that is spoken (default: detected)", parseLanguage)
    .option("--translate-to <code>", "a translation beside each segment's text", parseLanguage)
    .option("--emotion", "how each segment is said: happy, sad, angry or neutral")
    .option("--events", "the sounds that are no speech: laughter, music, birdsong, a siren")
    .option("--summary", "a summary beside the transcript")
    .option("--vocabulary <terms>", 'names and terms that may be said: "Ångström,Erlang"', parseList)
    .option("--vocabulary-file <file>", "the same from a file, one a line; # begins a comment")
    .addOption(
      new Option("--mode <mode>", "every um and repetition, or tidied up (default: the model's own)").choices(
        modes,
      ),
    )
    .optionsGroup("Long recordings:")
    .option("--chunk <time>", "ask about parts of this length (default: as suits the model)", parseLength)
    .option("--overlap <time>", "how much two parts share (default: 15 seconds)", parseLength)
    .option("-j, --jobs <number>", "how many parts are asked about at once", parseAmount, 8)
    .option(
      "--lineup <percent>",
      "how much of it may be asked about once more to know speakers of different parts again",
      parseLineup,
      defaultLineup,
    )
    .option("--no-lineup", "do not ask which speakers of different parts are the same")
    .optionsGroup("Answers kept from earlier runs:")
    .addOption(new Option("--fresh", "use none, pay for all anew, and keep that").conflicts("journal"))
    .option("--no-journal", "use none, and keep none; so does GAUDIO_NO_JOURNAL")
    .optionsGroup("Transcript:")
    .option("--print-schema", "print the JSON Schema of the json format, and nothing else")
    .addHelpText("after", examples)
    .action((audio, options) => {
      const talk = talkOf(world, options);
      if (options.printSchema === true) return accept({ kind: "schema", talk });
      if (audio === undefined)
        throw new Failure("usage", "missing required argument 'audio'", { hint: needed });
      const source = sourceOf(audio);
      const { isAll, ...results } = outputsOf(options, pathOf(source));
      const asking = askingOf(world, options, results);
      const formats = isAll ? [] : results.outputs.map(({ format }) => format);
      const isTimed = options.wordTimestamps === true || options.word_timestamps === true;
      accept({
        kind: "transcribe",
        talk,
        asking,
        fillsAll: isAll,
        rendering: renderingOf(options),
        source,
        diarize: isDiarized(options, formats),
        splitChannels: options.splitChannels === true,
        speakerNames: speakerNamesOf(options, formats),
        speakers: options.speakers ?? null,
        timestamps: timestampsFor(timestampsOf(options.timestamps, isTimed), formats),
        language: options.language ?? null,
        translateTo: options.translateTo ?? null,
        emotion: options.emotion === true,
        events: options.events === true,
        summary: options.summary === true,
        vocabulary: { terms: options.vocabulary ?? [], file: options.vocabularyFile ?? null },
        mode: options.mode ?? null,
        ...partsOf(options),
        jobs: options.jobs,
        lineup: options.lineup === false ? null : options.lineup / 100,
        journal: journalOf(world, options),
      });
    });
}

interface PartOptions {
  readonly chunk?: Seconds | undefined;
  readonly overlap?: Seconds | undefined;
}

/** Parts share less than half of their length, or they would be more overlap than recording. */
function partsOf({ chunk, overlap }: PartOptions): Pick<TranscribeInvocation, "chunk" | "overlap"> {
  if ((overlap ?? defaultOverlap) < (chunk ?? Number.POSITIVE_INFINITY) / 2 && (overlap ?? 0) <= 300) {
    return { chunk: chunk ?? null, overlap: overlap ?? null };
  }
  throw new Failure("usage", "--overlap has to be less than half of --chunk, and five minutes at most", {
    hint: "15 seconds, the default, are enough for most recordings",
  });
}

const needed = "name a recording; gaudio transcribe --help lists what there is";

/** Errors: Failure `usage` for two options that contradict each other. */
function timestampsOf(named: Timestamps | undefined, hasWordTimestamps: boolean): Timestamps | undefined {
  if (!hasWordTimestamps) return named;
  if (named === undefined || named === "word") return "word";
  throw new Failure("usage", `--timestamps ${named} and --word-timestamps contradict each other`, {
    hint: "leave one of them out",
  });
}

/** Which times are asked for: what was named, if the formats can do with it, else what they need. */
function timestampsFor(named: Timestamps | undefined, formats: readonly TranscriptFormat[]): Timestamps {
  const needy = (need: Need) => formats.find((format) => needs[format].includes(need));
  const [words, times] = [needy("words"), needy("times")];
  if (named === undefined) {
    if (words !== undefined) return "word";
    return formats.length > 0 && formats.every((format) => format === "text") ? "none" : "segment";
  }
  const lacking = named === "none" ? (words ?? times) : named === "segment" ? words : undefined;
  if (lacking === undefined) return named;
  throw new Failure("usage", `-f ${lacking} needs times, and --timestamps ${named} does not ask for them`, {
    hint: `leave out --timestamps: -f ${lacking} asks for what it needs`,
  });
}

function isDiarized(
  { diarize, speakers, splitChannels }: SpeakerOptions,
  formats: readonly TranscriptFormat[],
): boolean {
  const isNeeded = formats.some((format) => needs[format].includes("speakers"));
  return diarize === true || speakers !== undefined || (isNeeded && splitChannels !== true);
}

interface SpeakerOptions {
  readonly diarize?: true | undefined;
  readonly speakers?: number | undefined;
  readonly splitChannels?: true | undefined;
  readonly speakerNames?: readonly string[] | undefined;
}

function speakerNamesOf(
  { speakerNames = [], ...options }: SpeakerOptions,
  formats: readonly TranscriptFormat[],
): readonly string[] {
  const { speakers = Number.POSITIVE_INFINITY } = options;
  if (speakerNames.length > speakers) {
    throw new Failure("usage", `${speakerNames.length} names for ${speakers} speakers`, {
      hint: "give --speaker-names one name for each speaker, in the order in which they speak",
    });
  }
  const areToldApart = isDiarized(options, formats) || options.splitChannels === true;
  if (speakerNames.length === 0 || areToldApart) return speakerNames;
  throw new Failure("usage", "--speaker-names names speakers, and none are told apart", {
    hint: "add --diarize, or --split-channels",
  });
}
