import type { Segment, Transcript, Word } from "../../src/transcript/transcript.ts";
import { sampleTranscript } from "./transcript.ts";

const speakers = [
  { id: "SPEAKER_00", name: "Anna <Ann>" },
  { id: "SPEAKER_01", name: null },
  { id: "SPEAKER_02", name: "李明" },
  { id: "SPEAKER_03", name: "ليلى" },
];

type Said = Partial<Omit<Segment, "id" | "words">> &
  Pick<Segment, "start" | "end" | "text"> & { readonly words?: readonly Word[] };

/** Words of the same length, one behind the other. */
function evenly(
  text: string,
  { start, end, speaker }: { start: number; end: number; speaker: string },
): Word[] {
  const texts = text.split(" ");
  const each = Math.floor((end - start) / texts.length);
  return texts.map((one, index) => ({
    text: one,
    start: start + index * each,
    end: start + (index + 1) * each,
    speaker,
  }));
}

const hour = 3_600_000;
const first = { start: 320, end: 4_780, speaker: "SPEAKER_00" };
const firstText = "Good morning, and welcome to the harbour report.";

const said: readonly Said[] = [
  { ...first, text: firstText, language: "en", emotion: "happy", words: evenly(firstText, first) },
  // Two at once.
  {
    start: 3_900,
    end: 6_100,
    speaker: "SPEAKER_01",
    text: "Is it on? --> I mean: <b>now</b> & here?",
    language: "en",
  },
  {
    start: 6_500,
    end: 12_250,
    speaker: "SPEAKER_02",
    text: "今天早上六点雾散了,两艘渡轮已经离开港口,北部航道要关闭到星期四为止。",
    language: "zh",
    translation: "The fog lifted at six this morning.",
  },
  {
    start: 12_400,
    end: 15_000,
    speaker: "SPEAKER_03",
    text: "صباح الخير، كم من الوقت ستبقى القناة مغلقة؟",
    language: "ar",
  },
  { start: 15_000, end: 15_000, speaker: "SPEAKER_01", text: "Ah!" },
  {
    start: 15_200,
    end: 17_900,
    speaker: "SPEAKER_00",
    text: "👩‍👩‍👧‍👦 said \"hello\",\tthen =SUM(A1) and 'left' 🇩🇪.",
    language: "en",
  },
  {
    start: 18_000,
    end: 24_000,
    speaker: "SPEAKER_01",
    text: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ist lang.",
    language: "de",
  },
  // An hour in one segment.
  {
    start: 30_000,
    end: hour + 30_000,
    speaker: "SPEAKER_00",
    text: "What follows is music, and a word now and then. ".repeat(12).trim(),
    language: "en",
  },
  {
    start: hour + 31_000,
    end: hour + 33_500,
    speaker: "SPEAKER_02",
    text: "-1 grad, @home; +5 später",
    language: "de",
  },
  { start: hour + 34_000, end: hour + 35_125, speaker: null, text: "(nobody knows who)" },
];

const unasked = { speaker: null, language: null, translation: null, emotion: null } as const;

/** A transcript with all that formats have to bear. */
export function richTranscript(changes: Partial<Transcript> = {}): Transcript {
  const segments = said.map((one, id): Segment => ({ ...unasked, ...one, id, words: one.words ?? null }));
  const facts = sampleTranscript();
  return {
    ...facts,
    text: segments.map(({ text }) => text).join(" "),
    language: "en",
    segments,
    speakers,
    events: [{ start: 16_000, end: 17_000, label: "foghorn" }],
    summary: "The harbour's morning: fog, ferries & <an> anchor.",
    source: { ...facts.source, path: "recordings/harbour report.mp3", duration: 3_640 },
    ...changes,
  };
}

/** A transcript in which nothing is said. */
export function emptyTranscript(): Transcript {
  return richTranscript({ text: "", segments: [], speakers: [], events: null, summary: null });
}
