import type { Range } from "../audio/piece.ts";
import type { Format } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import { promptDurationLimit } from "../plan/limits.ts";
import type { BrokenFile, ProbedFile, ProbeReport } from "../plan/report.ts";
import type { Sending } from "../plan/sending.ts";
import { printDocument } from "./document.ts";
import { describeFlaw } from "./flaw.ts";
import { printable } from "./printable.ts";
import { renderRows } from "./rows.ts";

/** Every format of a probe's report. */
export const probeRenderers = {
  text: renderReport,
  json: (report) =>
    printDocument({
      files: report.files.map(fileDocument),
      total: {
        duration: report.total.duration,
        tokens: report.total.tokens,
        counted_tokens: report.total.countedTokens,
        limit: promptDurationLimit,
        within_limit: report.total.isWithinLimit,
      },
      counted_by: report.countedBy,
    }),
} as const satisfies Record<Format, (report: ProbeReport) => string>;

function fileDocument(file: ProbedFile | BrokenFile) {
  if (file.kind === "broken") return { ...unknownFile, path: file.path, error: file.error };
  const { audio, range, sending, tokens, countedTokens, delivery } = file;
  return {
    path: audio.path,
    container: audio.container,
    codec: audio.codec,
    mime_type: audio.mimeType,
    bytes: audio.sizeBytes,
    duration: audio.duration,
    duration_from: audio.durationFrom,
    channels: audio.channels,
    sample_rate: audio.sampleRate,
    range,
    tokens,
    counted_tokens: countedTokens,
    delivery,
    send_as: sending?.mimeType ?? null,
    send_bytes: sending?.bytes ?? null,
    warnings: audio.flaws.map(describeFlaw),
  };
}

const unknownFile = {
  path: "",
  container: null,
  codec: null,
  mime_type: null,
  bytes: null,
  duration: null,
  duration_from: "unknown",
  channels: null,
  sample_rate: null,
  range: null,
  tokens: null,
  counted_tokens: null,
  delivery: null,
  send_as: null,
  send_bytes: null,
  warnings: [],
};

function renderReport({ files, total, countedBy }: ProbeReport): string {
  const verdicts = { true: "within", false: "over", null: "perhaps over" };
  const length = total.duration === null ? "unknown" : formatDuration(total.duration);
  const totalRow: [string, string] = [
    "total",
    `${length}, ${total.tokens ?? "unknown"} tokens; ${verdicts[`${total.isWithinLimit}`]} the ${formatDuration(promptDurationLimit)} of one prompt`,
  ];
  const count = total.countedTokens === null ? "unknown" : `${total.countedTokens} tokens`;
  const rows =
    countedBy === null ? [totalRow] : [totalRow, ["counted", `${count}, by ${countedBy}`] as const];
  return [...files.map(renderFile), renderRows(rows)].join("\n");
}

function renderFile(file: ProbedFile | BrokenFile): string {
  if (file.kind === "broken") {
    return `${printable(file.path)}\n${renderRows([["  error", printable(file.error)]])}`;
  }
  const { audio, range, sending, tokens, countedTokens, delivery } = file;
  const length =
    audio.duration === null
      ? "unknown"
      : `${formatDuration(audio.duration)} (${audio.duration.toFixed(3)} s, by ${audio.durationFrom})`;
  return `${printable(audio.path)}\n${renderRows([
    ["  container", audio.container],
    ["  codec", audio.codec ?? "unknown"],
    ["  bytes", String(audio.sizeBytes)],
    ["  duration", length],
    ["  channels", String(audio.channels ?? "unknown")],
    ["  sample rate", audio.sampleRate === null ? "unknown" : `${audio.sampleRate} Hz`],
    ...(range === null ? [] : [["  part", partOf(range)] as const]),
    ["  sent as", sending === null ? "not without ffmpeg" : sentAs(sending)],
    ["  tokens", String(tokens ?? "unknown")],
    ...(countedTokens === null ? [] : [["  counted", `${countedTokens} tokens`] as const]),
    ["  delivery", delivery ?? "none"],
    ...audio.flaws.map((flaw): [string, string] => ["  warning", describeFlaw(flaw)]),
  ])}`;
}

function partOf({ start, end }: Range): string {
  return `${formatDuration(end - start)}, from ${start.toFixed(3)} to ${end.toFixed(3)} s`;
}

function sentAs({ kind, mimeType, bytes }: Sending): string {
  switch (kind) {
    case "as-is":
      return `${mimeType}, as it is`;
    case "copy":
      return `${mimeType}, copied, some ${bytes} bytes`;
    case "encode":
      return `${mimeType}, compressed, some ${bytes} bytes`;
    case "ffmpeg-flac":
    case "ffmpeg-opus":
      return `${mimeType}, converted by ffmpeg, some ${bytes} bytes`;
  }
}
