import type { Source } from "./audio/source.ts";
import type { Seconds } from "./units.ts";

export type Format = "text" | "json";

/** The formats of a transcript, in the order in which they are told of. */
export const transcriptFormats = [
  "text",
  "json",
  "jsonl",
  "srt",
  "vtt",
  "tsv",
  "csv",
  "rttm",
  "ctm",
  "md",
  "html",
  "podcast",
  "whisper",
  "whisperx",
] as const;

export type TranscriptFormat = (typeof transcriptFormats)[number];

/** How subtitles are laid out. */
export interface CueLimits {
  /** In columns: a character that is twice as wide counts two. The speaker's name counts, too. */
  readonly maxLineWidth: number;
  readonly maxLineCount: number;
  /** Null for no limit. */
  readonly maxWordsPerLine: number | null;
  /** Characters a second, by which a cue stays longer where there is room; null for no limit. */
  readonly maxCps: number | null;
}

/** How a transcript is rendered, where a format leaves a choice. */
export interface RenderOptions {
  readonly cues: CueLimits;
  /** Whether subtitles mark each word while it is said. */
  readonly highlightWords: boolean;
}

/** By which of its APIs the service is asked. */
export type Api = "generate" | "interactions";

export type ThinkingLevel = "minimal" | "low" | "medium" | "high";

/** How much the service's filters let through: `high` filters most. */
export type Safety = "off" | "low" | "medium" | "high";

/** How soon the service answers, and at which price. */
export type ServiceTier = "standard" | "flex" | "priority";

/** Whether recordings are made smaller before they are sent: where it loses nothing, always, or never. */
export type Compress = "auto" | "always" | "never";
export type Delivery = "auto" | "inline" | "upload";

/** How much is said on stderr. */
export interface Talk {
  readonly verbosity: "quiet" | "normal" | "verbose";
  readonly debug: boolean;
  readonly color: boolean;
}

/** Where the result goes. */
export type Destination =
  | { readonly kind: "stdout" }
  | { readonly kind: "file"; readonly path: string; readonly overwrite: boolean };

/** One result: as what it is written, and where it goes. */
export interface Output {
  readonly format: TranscriptFormat;
  readonly destination: Destination;
}

/** Which part of each recording is wanted; null for its beginning, or its end. */
export interface RangeWish {
  readonly start: Seconds | null;
  readonly end: Seconds | null;
}

/** Which part of a recording is wanted, and how it is made ready. */
export interface Preparing {
  readonly range: RangeWish;
  /** Which audio track, from 0; null for the first. */
  readonly track: number | null;
  readonly compress: Compress;
  /** How long a recording is whose length cannot be told; null when the user does not say. */
  readonly assumedDuration: Seconds | null;
  /** Whether links may lead to this machine and this network. */
  readonly allowPrivate: boolean;
}

/** How the service is reached. */
export interface Access {
  /** How long the service may stay silent. */
  readonly timeoutMs: number;
  /** How often a request that failed is tried again. */
  readonly retries: number;
  readonly keyFile: string | null;
}

/** How a model is to answer; null for its own way. */
export interface Settings {
  /** The longest answer, in tokens. */
  readonly maxOutputTokens: number | null;
  readonly temperature: number | null;
  readonly seed: number | null;
  /** Null for the service's own. */
  readonly safety: Safety | null;
  readonly serviceTier: ServiceTier;
}

/** Words of the user's own. */
export type Told =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly path: string };

/** What every command that asks a model needs to know. */
export interface Asking extends Preparing, Access {
  /** Its name, or `auto` for the one that does best what is asked. */
  readonly model: string;
  readonly api: Api;
  /** Null for as little as the model can. */
  readonly thinking: ThinkingLevel | null;
  /** The user's own words for the model; null for none. */
  readonly prompt: string | null;
  /** What the model is told before all else; null for nothing. */
  readonly system: Told | null;
  readonly settings: Settings;
  readonly delivery: Delivery;
  readonly keepUpload: boolean;
  /** In US dollars; null for no bound. */
  readonly maxCostUsd: number | null;
  readonly dryRun: boolean;
  /** Of what is told about the result: a plan, a failure. */
  readonly format: Format;
  /** One at least; what goes to stdout is the only one. */
  readonly outputs: readonly Output[];
}

/** What of a transcript has times. */
export type Timestamps = "none" | "segment" | "word";

/** How close a transcript keeps to what was said. */
export type TranscriptionMode = "verbatim" | "smart";

/** Words and names that may be said. */
export interface Vocabulary {
  readonly terms: readonly string[];
  /** A file of more of them; null for none. */
  readonly file: string | null;
}

/**
 * What becomes of answers that were paid for: those of earlier runs are used and new ones kept (`use`), new ones are
 * kept alone (`fresh`), or nothing is read or kept (`off`).
 */
export type JournalUse = "use" | "fresh" | "off";

export interface TranscribeInvocation {
  readonly kind: "transcribe";
  readonly talk: Talk;
  readonly asking: Asking;
  /** Whether only those of the outputs are written whose format the transcript can fill. */
  readonly fillsAll: boolean;
  readonly rendering: RenderOptions;
  readonly source: Source;
  readonly diarize: boolean;
  /** Each channel is a speaker of its own. */
  readonly splitChannels: boolean;
  /** Names for the speakers, in their order. */
  readonly speakerNames: readonly string[];
  /** How many speakers there are, as the user says; null when nobody does. */
  readonly speakers: number | null;
  readonly timestamps: Timestamps;
  /** The language that is spoken, as BCP-47; null to detect it. */
  readonly language: string | null;
  /** The language of a translation beside each segment's text, as BCP-47; null for none. */
  readonly translateTo: string | null;
  readonly emotion: boolean;
  /** Sounds that are no speech. */
  readonly events: boolean;
  readonly summary: boolean;
  readonly vocabulary: Vocabulary;
  /** As it was said, or tidied up; null for the model's own way. */
  readonly mode: TranscriptionMode | null;
  /** The longest part that is asked about at once; null for what suits the model. */
  readonly chunk: Seconds | null;
  /** How much of its end a part shares with the next; null for the usual. */
  readonly overlap: Seconds | null;
  /** How many parts are asked about at once. */
  readonly jobs: number;
  /** The share of the recording that may be asked about once more to compare voices of different parts; null for none. */
  readonly lineup: number | null;
  readonly journal: JournalUse;
}

/** How a summary is laid out. */
export type SummaryStyle = "bullets" | "paragraph" | "minutes" | "chapters";

/** What every command needs to know that tells about recordings. */
interface About {
  readonly talk: Talk;
  readonly asking: Asking;
  readonly sources: readonly Source[];
}

export interface SummarizeInvocation extends About {
  readonly kind: "summarize";
  /** Null for the model's own way. */
  readonly style: SummaryStyle | null;
  /** How long it is to be, in words; null for the usual. */
  readonly words: number | null;
  /** Of the summary, as BCP-47; null for the one that is spoken. */
  readonly language: string | null;
}

export interface DescribeInvocation extends About {
  readonly kind: "describe";
  /** Of the description, as BCP-47; null for the one that is spoken. */
  readonly language: string | null;
}

export interface AskInvocation extends About {
  readonly kind: "ask";
  /** One at least. */
  readonly questions: readonly string[];
  /** A file with the JSON Schema of the answers; null for text. */
  readonly schemaFile: string | null;
  /** Whether the answers point to times. */
  readonly cite: boolean;
  /** How long the recordings are kept in the service's cache, if that pays; null for not at all. */
  readonly cache: Seconds | null;
}

/** Questions are typed, or come by stdin. */
export interface ChatInvocation extends About {
  readonly kind: "chat";
  /** How long the recordings are kept in the service's cache, if that can pay; null for not at all. */
  readonly cache: Seconds | null;
}

export interface ProbeInvocation {
  readonly kind: "probe";
  readonly talk: Talk;
  readonly sources: readonly Source[];
  readonly preparing: Preparing;
  readonly access: Access;
  /** By which model's count the service is asked for tokens; null when it is not asked. */
  readonly countBy: string | null;
  readonly format: Format;
}

/** What is to be done with the files on the service. */
export type FilesAction =
  | { readonly kind: "list" }
  /** `files/<id>` in a name. */
  | { readonly kind: "get"; readonly name: string }
  | { readonly kind: "delete"; readonly names: readonly string[] }
  /** Deletes what gaudio made, and nothing else. */
  | { readonly kind: "delete-made" }
  | FilesUpload;

/** Recordings that are to stay on the service. */
export interface FilesUpload {
  readonly kind: "upload";
  readonly sources: readonly Source[];
  readonly preparing: Preparing;
  /** What the service lists them as; null for nothing. */
  readonly displayName: string | null;
}

export interface FilesInvocation {
  readonly kind: "files";
  readonly talk: Talk;
  readonly access: Access;
  readonly format: Format;
  readonly action: FilesAction;
}

/** What is to be done with the answers that are kept. */
export type JournalAction =
  | { readonly kind: "list" }
  /** By name or digest, as they are listed; none for all. */
  | { readonly kind: "clear"; readonly recordings: readonly string[] };

export interface JournalInvocation {
  readonly kind: "journal";
  readonly talk: Talk;
  readonly format: Format;
  readonly action: JournalAction;
}

export interface ModelsInvocation {
  readonly kind: "models";
  readonly talk: Talk;
  readonly access: Access;
  readonly format: Format;
  /** Whether the service is asked which models the key can use. */
  readonly refresh: boolean;
}

/** A transcript that is there already is wanted in another format. */
export interface RenderInvocation {
  readonly kind: "render";
  readonly talk: Talk;
  /** The transcript's file. */
  readonly source: Source;
  readonly format: Format;
  readonly outputs: readonly Output[];
  readonly fillsAll: boolean;
  readonly rendering: RenderOptions;
  readonly speakerNames: readonly string[];
  readonly range: RangeWish;
  /** By how much all times are moved; negative for earlier. */
  readonly offset: Seconds;
}

/** Something to know each speaker of a transcript by is wanted. */
export interface SpeakersInvocation {
  readonly kind: "speakers";
  readonly talk: Talk;
  readonly format: Format;
  /** The transcript's file. */
  readonly transcript: Source;
  /** The recording that it is of. */
  readonly audio: Source;
  /** Which audio track, from 0; null for the first. */
  readonly track: number | null;
  /** Where the clips go. */
  readonly directory: string;
  readonly overwrite: boolean;
}

/** The JSON Schema of a transcript's document is wanted, and nothing else. */
interface SchemaInvocation {
  readonly kind: "schema";
  readonly talk: Talk;
}

/** What was asked for, all defaults filled in. */
export type Invocation =
  | TranscribeInvocation
  | SummarizeInvocation
  | DescribeInvocation
  | AskInvocation
  | ChatInvocation
  | ProbeInvocation
  | FilesInvocation
  | JournalInvocation
  | ModelsInvocation
  | RenderInvocation
  | SpeakersInvocation
  | SchemaInvocation;
