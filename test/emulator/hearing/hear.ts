import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { dialogueRecordings, fixturePath } from "../../support/fixtures.ts";
import { listeningRate } from "../tone/analyse.ts";
import { listen } from "../tone/listen.ts";
import { decode, hasFfmpeg } from "./ffmpeg.ts";
import { evenly, type Utterance, utterancesOf, type VoicedWord } from "./utterances.ts";
import { readWav } from "./wav.ts";

/** What was heard in a recording. */
export interface Heard {
  readonly seconds: number;
  readonly utterances: readonly Utterance[];
  /** The words of all utterances, in the order in which they begin. */
  readonly words: readonly VoicedWord[];
  /** `unknown` is sound that is neither a fixture nor tone speech. */
  readonly kind: "fixture" | "tones" | "silence" | "unknown";
  /** The recording's own. */
  readonly digest: string;
  /** How many pictures were seen with it; none without a video. */
  readonly pictures: number;
}

/** The bytes are not what their MIME type says. */
export class NotAudio extends Error {}

/** The RMS below which a recording is silent: the last of 16 bits. */
const silence = 1 / 32_768;

export interface Recording {
  readonly path: string;
  readonly mimeType: string;
  /** The SHA-256 of its bytes, in hex. */
  readonly digest: string;
}

/** How much of a recording's sound has to be words, that it is taken for tone speech. */
const leastShare = 0.5;

/** Hears a recording: the fixtures by their bytes, tone speech by decoding it. Errors: NotAudio. */
export async function hear(recording: Recording): Promise<Heard> {
  return { ...(await hearSound(recording)), digest: recording.digest };
}

type Sound = Omit<Heard, "digest">;

async function hearSound({ path, mimeType, digest }: Recording): Promise<Sound> {
  await assertContent(path, mimeType);
  if (fixtureDigests().has(digest)) return heardFixture();
  const level = { sum: 0, samples: 0 };
  const { words, share } = await listen(measured(await samplesOf(path, mimeType), level));
  const seconds = level.samples / listeningRate;
  if (share > leastShare) return heardAs("tones", seconds, utterancesOf(words));
  const rms = Math.sqrt(level.sum / Math.max(1, level.samples));
  return heardAs(rms < silence ? "silence" : "unknown", seconds, []);
}

function heardAs(kind: Heard["kind"], seconds: number, utterances: readonly Utterance[]): Sound {
  const words = utterances.flatMap((utterance) => utterance.words).toSorted((a, b) => a.start - b.start);
  return { seconds, utterances, words, kind, pictures: 0 };
}

/** What there is to tell of a recording. What is neither a fixture nor tone speech is not made up. */
export function saidIn(heard: Heard): readonly Utterance[] {
  if (heard.kind !== "unknown") return heard.utterances;
  const text =
    "[The emulator cannot tell what is said here: it knows the project's fixtures and tone speech.]";
  return [evenly({ voice: "unknown", start: 0, end: heard.seconds, text })];
}

async function samplesOf(path: string, mimeType: string): Promise<AsyncIterable<Float32Array>> {
  const plain = mimeType === "audio/wav" ? await readWav(path) : null;
  if (plain !== null) return plain;
  if (!hasFfmpeg) throw new NotAudio(`this emulator hears ${mimeType} only where ffmpeg is installed`);
  return decode(path, mimeType);
}

async function* measured(
  source: AsyncIterable<Float32Array>,
  level: { sum: number; samples: number },
): AsyncGenerator<Float32Array> {
  try {
    for await (const chunk of source) {
      level.sum += energyOf(chunk);
      level.samples += chunk.length;
      yield chunk;
    }
  } catch (thrown) {
    throw new NotAudio(String(thrown));
  }
}

function energyOf(samples: Float32Array): number {
  let sum = 0;
  // By index: an iterator takes several times as long, and there are millions.
  for (let index = 0; index < samples.length; index += 1) sum += (samples[index] ?? 0) ** 2;
  return sum;
}

const signatures: Readonly<Record<string, (head: Buffer) => boolean>> = {
  "audio/wav": (head) => /^(RIFF|RF64)/.test(head.toString("latin1", 0, 4)),
  "audio/aiff": (head) => head.toString("latin1", 0, 4) === "FORM",
  "audio/flac": (head) => head.toString("latin1", 0, 4) === "fLaC" || isTagged(head),
  "audio/ogg": (head) => head.toString("latin1", 0, 4) === "OggS",
  "audio/aac": (head) => isTagged(head) || (head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0),
  // MP3 may begin with anything: only what is plainly something else is refused.
  "audio/mp3": (head) => !/^(RIFF|FORM|fLaC|OggS|....ftyp)/.test(head.toString("latin1", 0, 8)),
};

function isTagged(head: Buffer): boolean {
  return head.toString("latin1", 0, 3) === "ID3";
}

async function assertContent(path: string, mimeType: string): Promise<void> {
  const handle = await open(path);
  const { buffer: head } = await handle.read(Buffer.alloc(16), 0, 16, 0).finally(() => handle.close());
  if (signatures[mimeType]?.(head) !== true) throw new NotAudio(`the content is not ${mimeType}`);
}

let digests: ReadonlySet<string> | null = null;

function fixtureDigests(): ReadonlySet<string> {
  digests ??= new Set(
    dialogueRecordings.map((name) =>
      createHash("sha256")
        .update(readFileSync(fixturePath(name)))
        .digest("hex"),
    ),
  );
  return digests;
}

interface ScriptTurn {
  readonly speaker: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function heardFixture(): Sound {
  const script: ScriptTurn[] = JSON.parse(readFileSync(fixturePath("dialogue.script.json"), "utf8"));
  const utterances = script.map(({ speaker, ...turn }) => evenly({ voice: speaker, ...turn }));
  return heardAs("fixture", utterances.at(-1)?.end ?? 0, utterances);
}
