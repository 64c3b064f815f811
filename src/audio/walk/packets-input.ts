import { CustomSource, FLAC, Input, MATROSKA, MP4, MPEG_TS, OGG, QTFF, WEBM } from "mediabunny";
import type { Reader } from "../../world.ts";

/** What is kept of a file's bytes while it is read. */
const cacheBytes = 8 << 20;

/** No table of a real file is larger; one that says so would fill the memory. */
const largestRead = 64 << 20;

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
