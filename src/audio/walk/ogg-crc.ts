/** The checksum's generator polynomial, not reflected [RFC 3533, section 6]. */
const polynomial = 0x04c1_1db7;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit += 1)
    remainder = (remainder << 1) ^ (remainder & 0x8000_0000 ? polynomial : 0);
  return remainder >>> 0;
});

/** The checksum of an Ogg page, with its own place in the page taken for zero. */
export function crcOf(page: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < page.length; at += 1) {
    const byte = at >= 22 && at < 26 ? 0 : (page[at] ?? 0);
    crc = ((crc << 8) ^ (table[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  }
  return crc;
}
