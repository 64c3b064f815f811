import type { RenderOptions, TranscriptFormat } from "../invocation.ts";
import type { Transcript } from "../transcript/transcript.ts";

/** Makes the text of a format. It has no newline at its end. */
type Renderer = (transcript: Transcript, options: RenderOptions) => string;

/** Every format of a transcript. Each is loaded when it is wanted. */
export const transcriptRenderers = {
  text: async () => (await import("./text.ts")).renderText,
  json: async () => (await import("./json.ts")).renderJson,
  jsonl: async () => (await import("./jsonl.ts")).renderJsonl,
  srt: async () => (await import("./srt.ts")).renderSrt,
  vtt: async () => (await import("./vtt.ts")).renderVtt,
  tsv: async () => (await import("./tsv.ts")).renderTsv,
  csv: async () => (await import("./csv.ts")).renderCsv,
  rttm: async () => (await import("./rttm.ts")).renderRttm,
  ctm: async () => (await import("./ctm.ts")).renderCtm,
  md: async () => (await import("./md.ts")).renderMd,
  html: async () => (await import("./html/html.ts")).renderHtml,
  podcast: async () => (await import("./podcast.ts")).renderPodcast,
  whisper: async () => (await import("./whisper.ts")).renderWhisper,
  whisperx: async () => (await import("./whisperx.ts")).renderWhisperx,
} as const satisfies Record<TranscriptFormat, () => Promise<Renderer>>;
