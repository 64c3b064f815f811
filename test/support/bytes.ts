/** Files made of pieces of others, for tests. */
export function join(...pieces: readonly (Uint8Array | string)[]): Uint8Array {
  return Buffer.concat(
    pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece, "latin1") : piece)),
  );
}

/** A copy with other bytes at a place. */
export function patch(bytes: Uint8Array, at: number, replacement: readonly number[] | string): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.set(typeof replacement === "string" ? Buffer.from(replacement, "latin1") : replacement, at);
  return copy;
}

/** The first share of a file. */
export function cut(bytes: Uint8Array, share: number): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length * share));
}

/** Bytes without order, the same for the same seed. */
export function noise(length: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** Where a text first stands in a file. */
export function find(bytes: Uint8Array, text: string): number {
  const at = Buffer.from(bytes).indexOf(text, 0, "latin1");
  if (at < 0) throw new Error(`no ${text} in it`);
  return at;
}

/** A number of four bytes. */
export function uint32(value: number, order: "little" | "big"): number[] {
  const bytes = [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  return order === "big" ? bytes : bytes.toReversed();
}
