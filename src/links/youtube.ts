import type { Video } from "../audio/source.ts";
import { Failure } from "../failure.ts";

const hosts: readonly string[] = ["youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"];

/**
 * The video on YouTube that an address names; null for an address elsewhere. What else is in it, such as a playlist or
 * a moment in the video, is left out.
 * Errors: Failure `usage` for one on YouTube that names no video.
 */
export function readVideo(address: URL): Video | null {
  const { hostname, pathname } = address;
  const isShort = hostname === "youtu.be";
  if (!isShort && !hosts.includes(hostname)) return null;
  const id = isShort ? pathname.slice(1) : (address.searchParams.get("v") ?? idInPath(pathname));
  if (!/^[\w-]{11}$/.test(id)) {
    throw new Failure("usage", "this link to YouTube names no video", {
      hint: "name one video, as https://www.youtube.com/watch?v=<id> or https://youtu.be/<id>",
    });
  }
  return { kind: "video", url: `https://www.youtube.com/watch?v=${id}`, path: `https://youtu.be/${id}` };
}

function idInPath(path: string): string {
  return /^\/(?:shorts|live|embed)\/([^/]+)\/?$/.exec(path)?.[1] ?? "";
}
