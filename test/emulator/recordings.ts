import { fixture } from "../support/fixtures.ts";
import { toneWav } from "../support/tone.ts";

/** Recordings for the tests of the emulator, as base64 of WAV. */
export const recordings = {
  /** Half a minute of tone speech by three voices, one after another. */
  tones: toneWav({ seconds: 30, speakers: 3, seed: 7 }),
  dialogue: base64(fixture("dialogue.wav")),
} as const;

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** Silence that takes little room, however long it is. */
export function silentWav(seconds: number): Uint8Array {
  const sampleRate = 1_000;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + seconds * sampleRate, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(seconds * sampleRate, 40);
  return Buffer.concat([header, Buffer.alloc(seconds * sampleRate, 128)]);
}
