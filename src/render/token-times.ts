import type { Word } from "../transcript/transcript.ts";
import { placesOf } from "../transcript/word-places.ts";
import type { Milliseconds } from "../units.ts";
import { flatText, type Span } from "./spans.ts";
import type { Token } from "./tokens.ts";

/** A token, and when it is said. */
export interface TimedToken extends Token {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  /** When it is said by the time that is reckoned with when cues are made: where speech is, that is its start. */
  readonly clock: Milliseconds;
  readonly length: Milliseconds;
}

/** The tokens of a span, and how their times are known. */
export interface Timing {
  readonly tokens: readonly TimedToken[];
  /** Whether they are the model's own, not shares of the segment's. */
  readonly isByWord: boolean;
}

/** Gives each token its time: its words', or else its share of what lies between those that have times. */
export function timingOf(span: Span, tokens: readonly Token[]): Timing {
  const said = anchorsOf(span);
  if (said.length === 0) return { tokens: byShare(span, tokens), isByWord: false };
  const times = inOrder(fillGaps(tokens, tokenTimes(tokens, said), span));
  const timed = tokens.map((token, index) => {
    const { start, end } = times[index] ?? span;
    return timedToken(token, { start, end, clock: start, length: end - start });
  });
  return { tokens: timed, isByWord: true };
}

/** Fewer characters a second are no speech, but a few words somewhere in a long time. */
const leastCharactersPerSecond = 3;

/** So many are shown at once then: two lines in seven seconds. */
const readCharactersPerSecond = 12;

function byShare({ text, start, end }: Span, tokens: readonly Token[]): TimedToken[] {
  const each = (end - start) / text.length;
  const eachRead = each > 1_000 / leastCharactersPerSecond ? 1_000 / readCharactersPerSecond : each;
  return tokens.map((token) =>
    timedToken(token, {
      start: Math.round(start + token.from * each),
      end: Math.round(start + token.to * each),
      clock: start + token.from * eachRead,
      length: (token.to - token.from) * eachRead,
    }),
  );
}

/** Written out, because a copy by `...` takes ten times as long, and there are many. */
function timedToken(token: Token, when: Omit<TimedToken, keyof Token>): TimedToken {
  return {
    text: token.text,
    from: token.from,
    to: token.to,
    columns: token.columns,
    isSpaced: token.isSpaced,
    after: token.after,
    start: when.start,
    end: when.end,
    clock: when.clock,
    length: when.length,
  };
}

interface Times {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** A part of the text of which it is known when it is said. */
interface Anchor extends Times {
  readonly from: number;
  readonly to: number;
}

/** The words that are found in the text and take some time, one behind the other. */
function anchorsOf({ segment, text }: Span): Anchor[] {
  const words = segment.words ?? [];
  const places = wordPlaces(words, text);
  const anchors: Anchor[] = [];
  for (const [index, { start, end }] of words.entries()) {
    const place = places[index];
    const before = anchors.at(-1);
    const until = end ?? words[index + 1]?.start ?? null;
    if (place === null || place === undefined || start === null || until === null || until <= start) continue;
    if (place.start < (before?.to ?? 0) || place.end <= place.start) continue;
    if (start < (before?.start ?? 0)) continue;
    anchors.push({ from: place.start, to: place.end, start, end: until });
  }
  return anchors;
}

/** Where words stand: as they are, one behind the other, which is the rule; else wherever they are found. */
function wordPlaces(words: readonly Word[], text: string) {
  const places: { readonly start: number; readonly end: number }[] = [];
  let at = 0;
  for (const { text: raw } of words) {
    const start = text.charAt(at) === " " ? at + 1 : at;
    const word = text.startsWith(raw, start) ? raw : flatText(raw);
    if (!text.startsWith(word, start))
      return placesOf(
        words.map((one) => one.text),
        text,
      );
    at = start + word.length;
    places.push({ start, end: at });
  }
  return places;
}

/** The times of tokens that have words in them; null for others. */
function tokenTimes(tokens: readonly Token[], anchors: readonly Anchor[]): (Times | null)[] {
  let next = 0;
  return tokens.map(({ from, to }) => {
    while ((anchors[next]?.to ?? to) <= from) next += 1;
    let last = next;
    while ((anchors[last + 1]?.from ?? to) < to) last += 1;
    const begin = anchors[next];
    const end = anchors[last];
    if (begin === undefined || end === undefined || begin.from >= to) return null;
    return { start: timeAt(Math.max(from, begin.from), begin), end: timeAt(Math.min(to, end.to), end) };
  });
}

function timeAt(offset: number, { from, to, start, end }: Anchor): Milliseconds {
  return Math.round(start + ((offset - from) / (to - from)) * (end - start));
}

/** Gives tokens without times what lies between their neighbours', by their share of characters. */
function fillGaps(tokens: readonly Token[], known: readonly (Times | null)[], span: Span): Times[] {
  const times: Times[] = [];
  for (let index = 0; index < tokens.length; ) {
    const own = known[index] ?? null;
    if (own !== null) {
      times.push(own);
      index += 1;
      continue;
    }
    let until = index;
    while (until < tokens.length && (known[until] ?? null) === null) until += 1;
    const start = times.at(-1)?.end ?? span.start;
    const end = Math.max(start, known[until]?.start ?? span.end);
    times.push(...shares(tokens.slice(index, until), { start, end }));
    index = until;
  }
  return times;
}

function shares(tokens: readonly Token[], { start, end }: Times): Times[] {
  const from = tokens[0]?.from ?? 0;
  const each = (end - start) / ((tokens.at(-1)?.to ?? 0) - from);
  return tokens.map((token) => ({
    start: Math.round(start + (token.from - from) * each),
    end: Math.round(start + (token.to - from) * each),
  }));
}

/** No token starts before the one in front of it, nor ends before it starts. */
function inOrder(times: readonly Times[]): Times[] {
  let latest = Number.NEGATIVE_INFINITY;
  return times.map(({ start, end }) => {
    latest = Math.max(latest, start);
    return { start: latest, end: Math.max(latest, end) };
  });
}
