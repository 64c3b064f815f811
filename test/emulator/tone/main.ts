import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { makeConversation } from "./conversation.ts";
import { writeWav } from "./wav.ts";

/**
 * Writes a tone recording, and its truth beside it: `npm run tone -- --seconds 120 --speakers 3 talk.wav`
 * makes talk.wav and talk.truth.json. ffmpeg makes other encodings of it.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "120" },
    speakers: { type: "string", default: "2" },
    overlap: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "16000" },
  },
});
const [path] = positionals;
if (path === undefined || !path.endsWith(".wav")) throw new Error("name the file to write, as in talk.wav");
const seconds = Number(values.seconds);
const words = makeConversation({
  seconds,
  speakers: Number(values.speakers),
  overlap: Number(values.overlap),
  seed: Number(values.seed),
});
await writeWav(path, { words, seconds, sampleRate: Number(values.rate) });
writeFileSync(path.replace(/\.wav$/, ".truth.json"), `${JSON.stringify(words, null, 1)}\n`);
console.log(`${path}: ${words.length} words in ${seconds} s`);
