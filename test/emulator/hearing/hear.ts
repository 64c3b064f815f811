import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { dialogueRecordings, fixturePath } from "../../support/fixtures.ts";
import { textOf } from "../tone/alphabet.ts";
import { type HeardWord, listen, listeningRate } from "../tone/listen.ts";
import { decode, hasFfmpeg } from "./ffmpeg.ts";
import { readWav } from "./wav.ts";

/** Something that was said. Times in seconds. */
export interface Utterance {
  /** Tells voices apart within this recording; not the label that an answer gives them. */
  readonly voice: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What was heard in a recording. */
export interface Heard {
  readonly seconds: number;
  readonly utterances: readonly Utterance[];
  /** `unknown` is sound that is neither a fixture nor tone speech. */
  readonly kind: "fixture" | "tones" | "silence" | "unknown";
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
export async function hear({ path, mimeType, digest }: Recording): Promise<Heard> {
  await assertContent(path, mimeType);
  if (fixtureDigests().has(digest)) return heardFixture();
  const level = { sum: 0, samples: 0 };
  const { words, share } = await listen(measured(await samplesOf(path, mimeType), level));
  const seconds = level.samples / listeningRate;
  if (share > leastShare) return { seconds, utterances: utterancesOf(words), kind: "tones" };
  const rms = Math.sqrt(level.sum / Math.max(1, level.samples));
  return { seconds, utterances: [], kind: rms < silence ? "silence" : "unknown" };
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
      for (const sample of chunk) level.sum += sample * sample;
      level.samples += chunk.length;
      yield chunk;
    }
  } catch (thrown) {
    throw new NotAudio(String(thrown));
  }
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

function heardFixture(): Heard {
  const script: ScriptTurn[] = JSON.parse(readFileSync(fixturePath("dialogue.script.json"), "utf8"));
  const utterances = script.map(({ speaker, ...turn }) => ({ voice: speaker, ...turn }));
  return { seconds: utterances.at(-1)?.end ?? 0, utterances, kind: "fixture" };
}

const longestPauseSeconds = 0.6;
const mostWords = 12;

/** Words by voice, parted where a voice pauses, then in the order in which they begin. */
function utterancesOf(words: readonly HeardWord[]): Utterance[] {
  const utterances: { voice: string; start: number; end: number; words: string[] }[] = [];
  for (const [index, word] of words.entries()) {
    const voice = word.kind === "word" ? `voice ${word.speaker}` : voiceOfFragment(words, index);
    const text = word.kind === "word" ? textOf(word.number) : `frag${word.symbols}`;
    const last = utterances.findLast((utterance) => utterance.voice === voice);
    if (last !== undefined && word.start - last.end <= longestPauseSeconds && last.words.length < mostWords) {
      last.words.push(text);
      last.end = word.end;
    } else {
      utterances.push({ voice, start: word.start, end: word.end, words: [text] });
    }
  }
  return utterances
    .toSorted((a, b) => a.start - b.start)
    .map(({ words: texts, ...utterance }) => ({ ...utterance, text: texts.join(" ") }));
}

/** A piece of a word does not say who speaks: it is taken for the neighbour in the same band's. */
function voiceOfFragment(words: readonly HeardWord[], index: number): string {
  const fragment = words[index];
  const band = fragment?.kind === "fragment" ? fragment.band : 0;
  const distance = (word: HeardWord) => Math.abs(word.start - (fragment?.start ?? 0));
  const neighbours = words.filter((word) => word.kind === "word" && word.speaker % 2 === band);
  const nearest = neighbours.toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest?.kind === "word" ? `voice ${nearest.speaker}` : `voice ${band}`;
}
