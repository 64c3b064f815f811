import type { RenderOptions } from "../invocation.ts";
import { clockTime } from "../timecode.ts";
import type { Segment, SoundEvent, Transcript } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";
import { pageTitle } from "./page-title.ts";
import { speakerName } from "./speaker-name.ts";
import { toSeconds } from "./time.ts";
import { type Turn, type TurnPart, turnsOf } from "./turns.ts";

/**
 * A transcript as Markdown (CommonMark, and GitHub's): title, summary, speakers, then the text by turns. A time
 * links to its place in the recording by a media fragment (https://www.w3.org/TR/media-frags/).
 */
export function renderMd(transcript: Transcript, _options: RenderOptions): string {
  const { text, source, summary, speakers, segments, making } = transcript;
  const names = speakers.map(({ id }) => `- ${escapeMd(speakerName(id, speakers))}`);
  const turns = turnsOf(transcript).flatMap((turn) => renderTurn(turn, transcript));
  return [
    `# ${escapeMd(pageTitle(source.path))}`,
    ...(making.isComplete ? [] : ["**Not complete:** some of what was said is missing here."]),
    ...(summary === null ? [] : ["## Summary", escapeLines(summary)]),
    ...(names.length === 0 ? [] : ["## Speakers", names.join("\n")]),
    ...(turns.length === 0 && text === "" ? [] : ["## Transcript"]),
    ...(segments.length === 0 && text !== "" ? [escapeLines(text)] : []),
    ...turns,
  ].join("\n\n");
}

/** A turn's paragraphs. Segments without times or anything else of their own go on in one. */
function renderTurn({ speaker, parts }: Turn, { source, speakers }: Transcript): string[] {
  const name = speaker === null ? "" : `**${escapeMd(speakerName(speaker, speakers))}**`;
  const paragraphs: string[] = [];
  let isNamed = name === "";
  let goesOn = false;
  for (const part of parts) {
    const isSegment = part.kind === "segment";
    const said = renderPart(part, { path: source.path, name: isNamed || !isSegment ? "" : name });
    const latest = paragraphs.at(-1);
    if (goesOn && isPlain(part) && latest !== undefined)
      paragraphs[paragraphs.length - 1] = `${latest} ${said}`;
    else paragraphs.push(said);
    isNamed ||= isSegment;
    goesOn = isPlain(part);
  }
  return paragraphs;
}

function isPlain(part: TurnPart): boolean {
  if (part.kind === "event") return false;
  const { start, emotion, translation } = part.segment;
  return start === null && emotion === null && translation === null;
}

interface Beside {
  readonly path: string;
  /** Empty when it is told already, or not known. */
  readonly name: string;
}

function renderPart(part: TurnPart, beside: Beside): string {
  switch (part.kind) {
    case "segment":
      return renderSegment(part.segment, beside);
    case "event":
      return renderEvent(part.event, beside.path);
  }
}

function renderSegment({ start, text, emotion, translation }: Segment, { path, name }: Beside): string {
  const manner = emotion === null ? "" : `*(${emotion})*`;
  const opening = [name, manner, timeLink(start, path)].filter((part) => part !== "").join(" ");
  const said = escapeLines(text);
  const line = opening === "" ? said : `${opening}${name === "" ? "" : ":"} ${said}`;
  return translation === null ? line : `${line}\n\n${quote(escapeLines(translation))}`;
}

function renderEvent({ start, label }: SoundEvent, path: string): string {
  const time = timeLink(start, path);
  return `${time}${time === "" ? "" : " "}*${escapeMd(label)}*`;
}

function quote(text: string): string {
  return text.replace(/^/gm, "> ");
}

/** A time as a link to it; as text when the recording came from stdin. */
function timeLink(time: Milliseconds | null, path: string): string {
  if (time === null) return "";
  const clock = clockTime(time);
  return path === "-" ? `\\[${clock}\\]` : `[${clock}](${urlOf(path)}#t=${toSeconds(time)})`;
}

/** A path as a URL, in which nothing ends a link: a drive's letter would read as a scheme. */
function urlOf(path: string): string {
  const isOnDrive = /^[A-Za-z]:[\\/]/.test(path);
  const parts = (isOnDrive ? path.replaceAll("\\", "/") : path).replace(/\p{Cs}/gu, "\ufffd").split("/");
  const url = parts.map(encodePart).join("/");
  return isOnDrive ? `file:///${url.replace("%3A", ":")}` : url;
}

function encodePart(part: string): string {
  const reserved = /[!'()*]/g;
  return encodeURIComponent(part).replace(
    reserved,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Text of several lines, each as it is written; empty ones would end what it stands in. */
function escapeLines(untrusted: string): string {
  const lines = untrusted.split(/[\r\n\u2028\u2029]+/).map(escapeMd);
  return lines.filter((line) => line !== "").join("\n");
}

/**
 * Any text as one line of Markdown that shows it. What HTML knows is written as its entities, because not every
 * Markdown lets a backslash stand before it.
 */
function escapeMd(untrusted: string): string {
  return untrusted
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\p{Cc}/gu, "")
    .replace(/[\\`*_[\]#|~]/g, "\\$&")
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
