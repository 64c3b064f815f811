import type { CueLimits } from "../../src/invocation.ts";
import type { Segment, Speaker, Word } from "../../src/transcript/transcript.ts";
import { segmentOf } from "./cues-maker.ts";

type Random = (limit: number) => number;

/** Words of several scripts, and what nobody says. */
const scripts: readonly (readonly string[])[] = [
  [
    "the",
    "fog",
    "lifted,",
    "at",
    "six.",
    "Mr.",
    "I",
    "harbour",
    "(quite)",
    "late?",
    "so:",
    "3.5",
    "well-known",
  ],
  ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "über", "ist", "müßig,", "daß", "Straße."],
  ["今天早上六点雾散了，", "两艘渡轮已经离开港口。", "「北部」", "航道", "…", "关闭到星期四为止！"],
  ["渡辺さんは", "ソフトウェアを", "「ちょっと」", "Node.jsで", "ｶﾞｷﾞ", "書きました。"],
  ["ท่าเรือปิดถึงวันพฤหัสบดี", "และ", "เรือข้ามฟากสองลำ", "ๆ", "กำลัง"],
  ["صباح", "الخَيْرُ،", "كم", "مغلقة؟", "שָׁלוֹם", "עולם."],
  ["नमस्ते", "क्षेत्रीय", "किताबें।", "한국어는", "띄어쓰기가", "각각"],
  ["👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "👍🏽👍🏽👍🏽", "☎️", "e\u0301\u0323\u0302", "\u0301", "\ud800", "©"],
  [
    "-->",
    "--->",
    "<b>now</b>",
    "&amp;",
    "<v x>",
    "{\\an8}",
    "!",
    "»",
    "«",
    "NOTE",
    "1",
    "\u200b",
    "\u202e",
    "\n\n",
  ],
  ["x".repeat(200), "字".repeat(90), "👩‍👩‍👧‍👦".repeat(30), "!".repeat(70)],
];

const names = [
  "Anna <Ann>",
  null,
  "李明",
  "ليلى",
  "The very long name of a harbour master",
  "a\nb",
  "-->",
  "👩‍👩‍👧‍👦",
];

function pick<T>(values: readonly T[], random: Random): T {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

function randomSegment(
  random: Random,
  { start, speaker }: { start: number; speaker: string | null },
): Segment {
  const script = pick(scripts, random);
  const texts = Array.from({ length: random(40) }, () =>
    pick(random(8) === 0 ? pick(scripts, random) : script, random),
  );
  const length = pick([0, 1, 300, 2_000, 9_000, 60_000, 3_600_000], random);
  const times = { start: random(9) === 0 ? null : start, end: random(9) === 0 ? null : start + length };
  const text = texts.join(pick([" ", " ", "", "\n"], random));
  return segmentOf({
    ...times,
    text,
    speaker,
    words: random(2) === 0 ? null : randomWords(texts, start, random),
  });
}

function randomWords(texts: readonly string[], from: number, random: Random): Word[] {
  let at = from;
  return texts.map((text) => {
    const start = at + random(3) * random(1_000);
    at = start + random(4) * random(400);
    const isKnown = random(10) > 0;
    return {
      text: random(12) === 0 ? "other" : text,
      start: isKnown ? start : null,
      end: isKnown && random(10) > 0 ? at : null,
      speaker: null,
    };
  });
}

/** Segments whose speakers are all different, so that it is known whose a cue is. */
export function randomTranscript(random: Random): { segments: Segment[]; speakers: Speaker[] } {
  const count = 1 + random(6);
  const speakers = Array.from({ length: count }, (_, index) => ({
    id: `SPEAKER_0${index}`,
    name: random(2) === 0 ? `${index}` : `${index} ${pick(names, random) ?? ""}`,
  }));
  const segments = speakers.map(({ id }) => randomSegment(random, { start: random(20_000), speaker: id }));
  return { segments, speakers };
}

/** Limits that are usual, and some that are not. */
export function randomLimits(random: Random): CueLimits {
  return {
    maxLineWidth: pick([42, 42, 10, 20, 32, 100], random),
    maxLineCount: pick([2, 2, 1, 3], random),
    maxWordsPerLine: pick([null, null, 1, 3], random),
    maxCps: pick([null, 17, 5], random),
  };
}
