import type { RenderOptions } from "../../src/invocation.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";
import { richTranscript } from "./rich.ts";

/** Options of which these formats leave nothing open. */
export const renderOptions: RenderOptions = {
  cues: { maxLineWidth: 42, maxLineCount: 2, maxWordsPerLine: null, maxCps: null },
  highlightWords: false,
};

/** What would run, or break out of where it stands, if it were not escaped. */
export const hostileTexts = [
  "</script><script>alert(1)</script>",
  '" onmouseover="alert(2)" x="',
  "' onfocus='alert(3)' autofocus='",
  "javascript:alert(4)",
  "<img src=x onerror=alert(5)>",
  "</title><svg onload=alert(6)>",
  "--><style>*{display:none}</style><!--",
  "&lt;b&gt; &#60; &quot;",
  "</p></div><iframe srcdoc='<script>parent.alert(7)</script>'></iframe>",
  "{{constructor.constructor('alert(8)')()}} `alert(8)`",
] as const;

/** A transcript that says the same hostile text in every place that has one. */
export function hostileTranscript(text: string): Transcript {
  const { segments, source, making, ...rich } = richTranscript();
  const word = { start: 0, end: 900, speaker: "SPEAKER_00" };
  return {
    ...rich,
    text,
    language: text,
    segments: segments.map((segment) => ({
      ...segment,
      text,
      translation: text,
      language: text,
      words: text.split(" ").map((one) => ({ ...word, text: one })),
    })),
    speakers: rich.speakers.map(({ id }) => ({ id, name: text })),
    events: [{ start: 16_000, end: 17_000, label: text }],
    summary: text,
    source: { ...source, path: `recordings/${text}` },
    making: { ...making, model: text, warnings: [text], isComplete: false },
  };
}

/** A transcript of that many words, in segments of ten, by three speakers, with every word's time. */
export function longTranscript(words: number): Transcript {
  const wordMs = 300;
  const segments = Array.from({ length: Math.ceil(words / 10) }, (_, id) => {
    const start = id * 10 * wordMs;
    const speaker = `SPEAKER_0${Math.floor(id / 4) % 3}`;
    const texts = Array.from({ length: 10 }, (_, index) => `word${id * 10 + index}`);
    const timed = texts.map((text, index) => {
      const begin = start + index * wordMs;
      return { text, start: begin, end: begin + wordMs, speaker };
    });
    const unasked = { language: null, translation: null, emotion: null };
    const end = start + 10 * wordMs;
    return { id, start, end, text: `${texts.join(" ")}.`, speaker, ...unasked, words: timed };
  });
  const rich = richTranscript();
  const text = segments.map((segment) => segment.text).join(" ");
  return { ...rich, text, segments, source: { ...rich.source, duration: (words * wordMs) / 1_000 } };
}
