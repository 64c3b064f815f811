import type { Reader } from "../../world.ts";
import { type FrameSyntax, walkFrames } from "./frames.ts";
import { type Follower, unknownWalk, type Walk } from "./walk.ts";

/** In Hz, by the header's index [ISO 14496-3]. */
const sampleRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

const shortestFrameBytes = 8;

/** Frames of AAC in ADTS. */
export const adtsSyntax: FrameSyntax = {
  headerBytes: 7,
  longestFrameBytes: 8_191,
  keyAt: (bytes, at) => {
    const second = bytes[at + 1] ?? 0;
    const third = bytes[at + 2] ?? 0xff;
    const rate = (third >> 2) & 0x0f;
    if (bytes[at] !== 0xff || (second & 0xf6) !== 0xf0 || rate >= sampleRates.length) return -1;
    if (frameLength(bytes, at) < shortestFrameBytes) return -1;
    return ((second & 0x08) << 5) | ((third & 0xc0) >> 2) | rate;
  },
  lengthAt: frameLength,
  samplesAt: (bytes, at) => 1_024 * (((bytes[at + 6] ?? 0) & 3) + 1),
  rateOf: (key) => sampleRates[key & 0x0f] ?? 0,
};

function frameLength(bytes: Uint8Array, at: number): number {
  return (((bytes[at + 3] ?? 0) & 3) << 11) | ((bytes[at + 4] ?? 0) << 3) | ((bytes[at + 5] ?? 0) >> 5);
}

/** Walks through AAC in ADTS. Its header states no length, and no delay of the encoder. */
export async function walkAdts(reader: Reader, follower: Follower): Promise<Walk> {
  const { duration, frames, first, firstKey, garbageBytes, isCut } = await walkFrames(
    reader,
    adtsSyntax,
    follower,
  );
  if (first === null || frames === 0) return unknownWalk;
  const channels = (((first[2] ?? 0) & 1) << 2) | ((first[3] ?? 0) >> 6);
  return {
    ...unknownWalk,
    codec: "aac",
    // 0: the channels are told inside; 7: there are eight.
    channels: channels === 0 ? null : channels === 7 ? 8 : channels,
    sampleRate: adtsSyntax.rateOf(firstKey),
    duration,
    durationFrom: "scan",
    stated: null,
    flaws: [
      ...(isCut ? [{ kind: "truncated" } as const] : []),
      ...(garbageBytes > 0 ? [{ kind: "garbage", bytes: garbageBytes } as const] : []),
    ],
  };
}
