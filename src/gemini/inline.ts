import { setImmediate as turn } from "node:timers/promises";
import type { InlineContent, Part } from "./model.ts";
import { unfold } from "./unfold.ts";

/**
 * A multiple of three, so that the base64 of each block goes on in the next without padding; and so little that what
 * is left of each is soon freed.
 */
const blockBytes = 3 << 14;

/**
 * A fetch for one request of the SDK that carries audio in itself. The SDK makes JSON of the whole request at
 * once, which with 14 MB of audio takes 70 MB of memory and 70 ms in which nothing else is done, Ctrl-C
 * included. So it is given a name where the audio belongs, and the audio is read and put there here, block by
 * block, as the request is sent. The SDK's types, retries and reading of the answer stay in use.
 * Without audio it is the fetch that it was. Errors: as the audio's own reading, besides those of fetch.
 */
export function fetchWithAudio(fetch: typeof globalThis.fetch, parts: readonly Part[]): typeof fetch {
  const audios = parts.flatMap((part) => (part.kind === "inline" ? [part.content] : []));
  if (audios.length === 0) return fetch;
  return async (input, given) => {
    const { url, init } = await unfold(input, given);
    const pieces = fill(String(init.body ?? ""), audios);
    const headers = new Headers(init.headers);
    // Else it would be sent in chunks, of a length that nobody knows beforehand.
    headers.set("Content-Length", String(pieces.reduce((sum, piece) => sum + sentBytes(piece), 0)));
    // What goes wrong with the audio is told as it is, not as something of the network.
    let failed: { readonly thrown: unknown } | null = null;
    const body = encode(pieces, (thrown) => {
      failed = { thrown };
    });
    try {
      return await fetch(url, { ...init, headers, body, duplex: "half" });
    } catch (thrown) {
      throw firstOf(failed, thrown);
    }
  };
}

/** What stands for the audio of a part, by its place among the parts that have any. */
export function audioName(index: number): string {
  return `gaudio-audio-${index}`;
}

function firstOf(failed: { readonly thrown: unknown } | null, thrown: unknown): unknown {
  return failed === null ? thrown : failed.thrown;
}

type Piece = string | InlineContent;

/**
 * Cuts a request where audio belongs. In text that a user wrote, quotes are escaped: there is no other place
 * that looks like it.
 */
function fill(json: string, audios: readonly InlineContent[]): Piece[] {
  let rest = json;
  const pieces: Piece[] = [];
  for (const [index, content] of audios.entries()) {
    const [before = "", after, ...others] = rest.split(`"data":"${audioName(index)}"`);
    if (after === undefined || others.length > 0) throw new Error("the request has no place for the audio");
    pieces.push(`${before}"data":"`, content);
    rest = `"${after}`;
  }
  return [...pieces, rest];
}

function sentBytes(piece: Piece): number {
  return typeof piece === "string" ? Buffer.byteLength(piece) : 4 * Math.ceil(piece.sizeBytes / 3);
}

async function* encode(
  pieces: readonly Piece[],
  onFailure: (thrown: unknown) => void,
): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (typeof piece === "string") {
      yield Buffer.from(piece);
      continue;
    }
    const { sizeBytes } = piece;
    for (let done = 0; done < sizeBytes; done += blockBytes) {
      const block = await piece
        .read(done, Math.min(blockBytes, sizeBytes - done))
        .catch((thrown: unknown) => {
          onFailure(thrown);
          throw thrown;
        });
      const { buffer, byteOffset, length } = block;
      yield Buffer.from(Buffer.from(buffer, byteOffset, length).toString("base64"), "latin1");
      // A fast network takes each block at once, and nothing else would have its turn.
      await turn();
    }
  }
}
