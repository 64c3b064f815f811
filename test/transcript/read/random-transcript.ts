import { emotions, type Segment, type Transcript, type Word } from "../../../src/transcript/transcript.ts";
import { richTranscript } from "../../render/rich.ts";

type Random = (limit: number) => number;

const pieces = [
  "a",
  "Bé",
  "ß ",
  " ",
  " ",
  ", ",
  '"',
  "'",
  "=",
  "＝",
  "-",
  "@",
  ":",
  ";",
  "\t",
  "\n",
  "<b>",
  "&amp;",
  "-->",
  "李明",
  "早上,",
  "مرحبا",
  "👩‍👩‍👧‍👦",
  "\u2028",
  "\ud800",
  "\\",
  "__proto__",
  "1",
];

/** Text with all that a format may stumble over. */
function randomText(random: Random, most = 12): string {
  return Array.from({ length: random(most) }, () => pieces[random(pieces.length)] ?? "").join("");
}

const oneOf = <One>(random: Random, ...choices: readonly One[]): One | null =>
  choices[random(choices.length + 1)] ?? null;

/** A transcript as gaudio may have made it, whatever is in its texts. */
export function randomTranscript(random: Random): Transcript {
  const speakers = Array.from({ length: random(3) }, (_, index) => ({
    id: `SPEAKER_0${index}`,
    name: oneOf(random, randomText(random)),
  }));
  const ids = speakers.map(({ id }) => id);
  const hasWords = random(2) === 0;
  const segments = Array.from({ length: random(6) }, (_, id): Segment => {
    const start = oneOf(random, random(10_000_000), 0);
    const speaker = oneOf(random, ...ids);
    const word = (): Word => ({
      text: randomText(random, 3),
      start,
      end: start === null ? null : start + random(500),
      speaker,
    });
    return {
      id,
      start,
      end: start === null ? null : start + random(9_000),
      text: randomText(random),
      speaker,
      ...(random(4) === 0 && { isUncertain: true }),
      language: oneOf(random, "en", "zh-Hant", "de-AT"),
      translation: oneOf(random, randomText(random)),
      emotion: oneOf(random, ...emotions),
      words: hasWords ? Array.from({ length: random(4) }, word) : null,
    };
  });
  const event = () => ({ start: random(1_000), end: 1_000 + random(1_000), label: randomText(random) });
  const rich = richTranscript();
  return {
    ...rich,
    text: segments.map(({ text }) => text).join(" "),
    language: oneOf(random, "en", "pt-BR"),
    segments,
    speakers,
    events: oneOf(random, [event(), event()]),
    summary: oneOf(random, randomText(random)),
    source: { ...rich.source, duration: random(1_000_000) / 7, codec: oneOf(random, "mp3") },
    making: {
      ...rich.making,
      model: oneOf(random, "gemini-3.8-flash"),
      costUsd: oneOf(random, random(1_000) / 977),
      warnings: Array.from({ length: random(3) }, () => randomText(random)),
      isComplete: random(2) === 0,
      ...(random(2) === 0 && {
        lineup: { requests: 1, clips: random(90), duration: random(900), costUsd: null },
      }),
    },
  };
}
