import type { Fault } from "./faults.ts";
import type { Heard } from "./hearing/hear.ts";
import { longestPauseSeconds, type Utterance } from "./hearing/utterances.ts";
import { chance } from "./strikes.ts";

/** What a model can take voices for. */
export type Confusion = Extract<Fault, { kind: "merge" | "split" | "swap" | "mislabel" }>;

/**
 * The utterances of a recording, some of them in another voice than they were said in. Who is taken for whom is drawn
 * by the audio: the same in every request about it, another in other audio. What too few voices speak for is as it was.
 */
export function mistakeVoices(heard: Heard, confusion: Confusion): Utterance[] {
  switch (confusion.kind) {
    case "merge":
      return merged(heard, confusion.seed);
    case "split":
      return split(heard, confusion.seed);
    case "swap":
      return swapped(heard, confusion.seed);
    case "mislabel":
      return mislabelled(heard, confusion);
  }
}

function merged(heard: Heard, seed: number): Utterance[] {
  const [one, other] = drawnVoices(heard, seed);
  return heard.utterances.map((said) => (said.voice === other ? inVoice(said, one) : said));
}

function split(heard: Heard, seed: number): Utterance[] {
  const [one] = drawnVoices(heard, seed, isOnBothSides(heard));
  return heard.utterances.map((said) =>
    said.voice === one && isLate(heard, said) ? inVoice(said, `${one} too`) : said,
  );
}

function swapped(heard: Heard, seed: number): Utterance[] {
  const [one, other] = drawnVoices(heard, seed, isOnBothSides(heard));
  if (other === undefined) return [...heard.utterances];
  return heard.utterances.map((said) => {
    if (!isLate(heard, said)) return said;
    if (said.voice === one) return inVoice(said, other);
    return said.voice === other ? inVoice(said, one) : said;
  });
}

function isLate({ seconds }: Heard, { start }: Utterance): boolean {
  return start >= seconds / 2;
}

/** Who is heard in one half alone has nothing there to be inconsistent with. */
function isOnBothSides(heard: Heard): (voice: string) => boolean {
  return (voice) =>
    [true, false].every((late) =>
      heard.utterances.some((said) => said.voice === voice && isLate(heard, said) === late),
    );
}

/** The voices of a recording, in an order that a seed draws. */
function drawnVoices(
  { utterances, digest }: Heard,
  seed: number,
  isMeant: (voice: string) => boolean = () => true,
): string[] {
  const voices = [...new Set(utterances.map(({ voice }) => voice))].filter(isMeant);
  const place = (voice: string) => chance(seed, `${digest} ${voice}`);
  return voices.toSorted((a, b) => place(a) - place(b));
}

function mislabelled(
  heard: Heard,
  { share, seed, shorterThan }: Extract<Confusion, { kind: "mislabel" }>,
): Utterance[] {
  return turnsIn(heard).flatMap((turn) => {
    const [first, last] = [turn[0], turn.at(-1)];
    if (first === undefined || last === undefined || last.end - first.start >= shorterThan) return turn;
    const key = `${heard.digest} ${first.start}`;
    if (chance(seed, key) >= share) return turn;
    const others = drawnVoices(heard, seed).filter((voice) => voice !== first.voice);
    const taken = others[Math.floor(chance(seed, `${key} for`) * others.length)] ?? first.voice;
    return turn.map((said) => inVoice(said, taken));
  });
}

/** What is said in one voice until another is heard, or nobody for a while: each clip of several is at least one. */
function turnsIn({ utterances }: Heard): Utterance[][] {
  const turns: Utterance[][] = [];
  for (const said of utterances) {
    const turn = turns.at(-1);
    const last = turn?.at(-1);
    const goesOn = last?.voice === said.voice && said.start - last.end <= longestPauseSeconds;
    if (turn !== undefined && goesOn) turn.push(said);
    else turns.push([said]);
  }
  return turns;
}

function inVoice(said: Utterance, voice = said.voice): Utterance {
  return { ...said, voice, words: said.words.map((word) => ({ ...word, voice })) };
}
