import { hexOfHash, type RemoteFile } from "../gemini/remote-file.ts";
import type { FileFacts } from "../render/files.ts";

/** Whether a file's name is one that gaudio chooses. */
export function isMadeByGaudio(name: string): boolean {
  return name.startsWith("files/gaudio-");
}

/** What is printed of a file on the service. */
export function factsOf(file: RemoteFile): FileFacts {
  const { sizeBytes, sha256Hash } = file;
  return {
    ...file,
    sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
    // A hash in a form that nobody has seen yet is still worth showing.
    sha256: sha256Hash === null ? null : (hexOfHash(sha256Hash) ?? sha256Hash),
    isMadeByGaudio: isMadeByGaudio(file.name),
  };
}
