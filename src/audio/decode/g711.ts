/** A sample of 8 bits in A-law, as -1 to 1 [ITU-T G.711]. */
export function alawSample(code: number): number {
  return alawTable[code] ?? 0;
}

/** A sample of 8 bits in mu-law, as -1 to 1 [ITU-T G.711]. */
export function mulawSample(code: number): number {
  return mulawTable[code] ?? 0;
}

/** Every second bit is inverted; then come a sign, three bits of exponent and four of mantissa. */
const alawTable = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32_768;
});

/** All bits are inverted, and a bias of 132 is part of the magnitude. */
const mulawTable = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return (bits & 0x80 ? -magnitude : magnitude) / 32_768;
});
