import { fixturePath } from "../support/fixtures.ts";
import type { QuestionPart } from "./question.ts";
import { invalid, Refusal } from "./refusal.ts";

/** A recording that stands for a video's sound. */
export interface VideoSound {
  readonly path: string;
  readonly mimeType: string;
}

/** The public videos that there are, by their ids, unless an emulator is given others. */
export const publicVideos: Readonly<Record<string, VideoSound>> = {
  "harbour-001": { path: fixturePath("dialogue.wav"), mimeType: "audio/wav" },
};

/** Tokens a picture, of which a second of video has one [doc: the media-resolution page, for Gemini 3]. */
export const tokensPerPicture = 70;

/** The most videos in one request [doc: the video page]. */
const mostVideos = 10;

/** A part that names a video on YouTube; null for what is elsewhere. Errors: Refusal 400 for what names no video. */
export function videoPart(uri: string, mimeType: string | null): QuestionPart | null {
  const { hostname, pathname, searchParams } = URL.canParse(uri) ? new URL(uri) : new URL("none://none");
  if (!/^(www\.youtube\.com|youtube\.com|youtu\.be)$/.test(hostname)) return null;
  const id = hostname === "youtu.be" ? pathname.slice(1) : searchParams.get("v");
  if (id === null || !/^[\w-]{11}$/.test(id)) throw invalid(`Invalid YouTube URL: ${uri}`);
  if (mimeType !== null && !mimeType.startsWith("video/"))
    throw invalid(`Unsupported MIME type: ${mimeType}`);
  return { kind: "video", id };
}

/** The same for what has to be a video. What else is one is not emulated, and refused. */
export function aVideo(uri: string, mimeType: string | null): QuestionPart {
  const part = videoPart(uri, mimeType);
  if (part === null) throw invalid(`Cannot fetch content from the provided URL: ${uri}`);
  return part;
}

/** Errors: Refusal 400 for more videos than a request takes. */
export function assertFewVideos(parts: readonly QuestionPart[]): void {
  const count = parts.filter(({ kind }) => kind === "video").length;
  if (count > mostVideos) throw invalid(`The request has ${count} videos; ${mostVideos} are the most.`);
}

/** One that is not there, or not public [report]. */
export const noSuchVideo = () => new Refusal(403, "PERMISSION_DENIED", "The caller does not have permission");
