import type { Fault } from "./faults.ts";
import type { Heard } from "./hearing/hear.ts";
import type { Utterance, VoicedWord } from "./hearing/utterances.ts";
import { mistakeVoices } from "./mistake-voices.ts";
import { chance } from "./strikes.ts";

/** What a model makes of what there is to hear, when a fault has it miss, repeat, misspell or confuse some of it. */
export function mishear(heard: Heard, fault: Fault | null): Heard {
  switch (fault?.kind) {
    case "drop":
      return dropped(heard, fault.which);
    case "early":
      return spoken(heard, without(heard, { from: fault.share * heard.seconds, to: heard.seconds }));
    case "double":
      return doubled(heard, fault.seconds);
    case "spell":
      return misspelled(heard, fault.seconds);
    case "merge":
    case "split":
    case "swap":
    case "mislabel":
      return spoken(heard, mistakeVoices(heard, fault));
    default:
      return heard;
  }
}

/** The same recording, of which something else is heard. */
function spoken(heard: Heard, utterances: readonly Utterance[]): Heard {
  const words = utterances.flatMap((utterance) => utterance.words).toSorted((a, b) => a.start - b.start);
  return { ...heard, utterances, words };
}

function dropped(heard: Heard, which: Extract<Fault, { kind: "drop" }>["which"]): Heard {
  if (which.by === "time") return spoken(heard, without(heard, which));
  const { share, seed } = which;
  const isKept = ({ start }: Utterance) => chance(seed, `${heard.digest} ${start}`) >= share;
  return spoken(heard, heard.utterances.filter(isKept));
}

/** Without the words that begin within a range, in seconds. */
function without({ utterances }: Heard, { from, to }: { from: number; to: number }): Utterance[] {
  const isKept = ({ start }: VoicedWord) => start < from || start >= to;
  return utterances.flatMap((utterance) => {
    const words = utterance.words.filter(isKept);
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) return [];
    if (words.length === utterance.words.length) return [utterance];
    return [{ ...utterance, start: first.start, end: last.end, text: textOf(words), words }];
  });
}

/** What is said near the edges comes twice, the second time in what time there is before the next word. */
function doubled(heard: Heard, seconds: number): Heard {
  const isNear = ({ start, end }: Utterance) => start < seconds || end > heard.seconds - seconds;
  return spoken(
    heard,
    heard.utterances.flatMap((utterance) =>
      isNear(utterance) ? [utterance, copyOf(utterance, nextStart(heard, utterance))] : [utterance],
    ),
  );
}

function nextStart({ words, seconds }: Heard, { end }: Utterance): number {
  return words.find(({ start }) => start >= end)?.start ?? seconds;
}

function copyOf({ end, words, ...said }: Utterance, until: number): Utterance {
  const length = Math.max(0, until - end) / Math.max(1, words.length);
  const at = (index: number) => Math.round((end + index * length) * 1_000) / 1_000;
  const copies = words.map((word, index) => ({ ...word, start: at(index), end: at(index + 1) }));
  return { ...said, start: end, end: at(words.length), words: copies };
}

/** Words near the edges are spelled as another ear would: another recording spells them another way. */
function misspelled(heard: Heard, seconds: number): Heard {
  const isNear = ({ start, end }: VoicedWord) => start < seconds || end > heard.seconds - seconds;
  const respelled = (word: VoicedWord) =>
    isNear(word) ? { ...word, text: respell(word.text, chance(0, `${heard.digest} ${word.start}`)) } : word;
  return spoken(
    heard,
    heard.utterances.map((utterance) => {
      const words = utterance.words.map(respelled);
      return { ...utterance, words, text: textOf(words) };
    }),
  );
}

const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => `${text},`,
  (text) => `${text}.`,
  // Another letter in the last one's place.
  (text) => text.replace(/[a-y](?=[^a-z]*$)/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1)),
];

function respell(text: string, drawn: number): string {
  return spellings[Math.floor(drawn * spellings.length)]?.(text) ?? text;
}

function textOf(words: readonly VoicedWord[]): string {
  return words.map(({ text }) => text).join(" ");
}
