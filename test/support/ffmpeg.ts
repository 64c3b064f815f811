import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Has ffmpeg make one file of another: `convert(bytes, ["-c:a", "flac"], "out.flac")`. */
export function convert(bytes: Uint8Array, options: readonly string[], name: string): Uint8Array {
  return inFolder((folder) => {
    const source = join(folder, "source");
    const target = join(folder, name);
    writeFileSync(source, bytes);
    execFileSync("ffmpeg", ["-v", "error", "-i", source, ...options, target]);
    return new Uint8Array(readFileSync(target));
  });
}

/** The samples that ffmpeg decodes: one channel at a rate, -1 to 1. Throws what ffmpeg complains of. */
export function decodedSamples(bytes: Uint8Array, sampleRate: number): Float32Array {
  return inFolder((folder) => {
    const source = join(folder, "source");
    writeFileSync(source, bytes);
    const output = ["-ac", "1", "-ar", String(sampleRate), "-f", "f32le", join(folder, "samples")];
    const said = execFileSync("ffmpeg", ["-v", "error", "-i", source, ...output], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (said.length > 0) throw new Error(String(said));
    return new Float32Array(Uint8Array.from(readFileSync(join(folder, "samples"))).buffer);
  });
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "gaudio-ffmpeg-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
