import { join, noise } from "./bytes.ts";

/** Numbers below a limit, the same in every run. */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A file with some damage: bits flipped, mostly in its head; pieces cut out, doubled, zeroed, or replaced. */
export function mutate(whole: Uint8Array, random: (limit: number) => number): Uint8Array {
  let bytes = Uint8Array.from(whole);
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const at = random(random(3) === 0 ? bytes.length : Math.min(2_000, bytes.length));
    const length = 1 + random(random(2) === 0 ? 8 : 5_000);
    const before = bytes.subarray(0, at);
    const hit = bytes.subarray(at, at + length);
    const after = bytes.subarray(at + length);
    const replaced = [
      hit.map((byte) => byte ^ (1 << random(8))),
      new Uint8Array(0),
      join(hit, hit),
      new Uint8Array(hit.length),
      noise(hit.length, random(1_000)),
      new Uint8Array(hit.length).fill(0xff),
    ][random(6)];
    bytes = Uint8Array.from(join(before, replaced ?? hit, after));
    if (bytes.length === 0) return noise(10);
  }
  return bytes;
}
