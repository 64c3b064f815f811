import { CustomSource, FLAC, Input, MATROSKA, MP4, MPEG_TS, OGG, QTFF, WEBM } from "mediabunny";
import type { Reader } from "../../world.ts";

/** What is kept of a file's bytes while it is read. */
const cacheBytes = 8 << 20;

/** No table of a real file is larger; one that says so would fill the memory. */
const largestRead = 64 << 20;

/** mediabunny does not find a last FLAC frame of fewer bytes than this. */
const shortestFlacFrame = 16;

/**
 * A FLAC file with zeros behind it, so that its last frame is found however short it is.
 * They come with the data of that frame, which a decoder does not mind.
 */
export function paddedFlac(reader: Reader): Reader {
  const { sizeBytes } = reader;
  return {
    ...reader,
    sizeBytes: sizeBytes + shortestFlacFrame,
    read: async (position, length) => {
      const bytes = await reader.read(position, length);
      const missing = Math.min(length, sizeBytes + shortestFlacFrame - position) - bytes.length;
      return missing > 0 ? Buffer.concat([bytes, new Uint8Array(missing)]) : bytes;
    },
  };
}

/** A file in the shape that mediabunny reads from. The caller disposes of it. */
export function openPackets(reader: Reader): Input {
  return new Input({
    formats: [MP4, QTFF, WEBM, MATROSKA, MPEG_TS, OGG, FLAC],
    source: new CustomSource({
      getSize: () => reader.sizeBytes,
      read: (start, end) => {
        if (end - start > largestRead) throw new Error("its tables are larger than any recording's");
        return reader.read(start, end - start);
      },
      maxCacheSize: cacheBytes,
      prefetchProfile: "fileSystem",
    }),
  });
}
