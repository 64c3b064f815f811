import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchCut } from "./cut.ts";
import { benchInline } from "./inline.ts";
import { benchLineUp } from "./lineup.ts";
import { benchLong } from "./long.ts";
import { benchProbe } from "./probe.ts";
import { benchRender } from "./render.ts";
import { benchUpload } from "./upload.ts";

/**
 * How fast gaudio is, beside other tools: `npm run bench`, or `npm run bench cut` for one table. Needs
 * ffmpeg and curl. All figures are of one run on one machine; what counts are their ratios.
 */
const tables: Readonly<Record<string, (directory: string) => Promise<void>>> = {
  probe: benchProbe,
  cut: benchCut,
  upload: benchUpload,
  inline: benchInline,
  render: benchRender,
  long: benchLong,
  lineup: benchLineUp,
};

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(tables)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const directory = mkdtempSync(join(tmpdir(), "gaudio-bench-"));
  try {
    await bench(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
