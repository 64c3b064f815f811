const codecPatterns: readonly (readonly [RegExp, string])[] = [
  [/^MPEG [\d.]+ Layer 3$|^MPEG\/L3$/i, "mp3"],
  [/^MPEG [\d.]+ Layer 2$|^MPEG\/L2$/i, "mp2"],
  [/vorbis/i, "vorbis"],
  [/opus/i, "opus"],
  [/flac/i, "flac"],
  [/alac/i, "alac"],
  [/aac/i, "aac"],
  [/pcm/i, "pcm"],
];

/** music-metadata's wording of a codec in gaudio's: one lower-case name a codec. */
export function codecName(reported: string | undefined): string | null {
  if (reported === undefined || reported.trim() === "") return null;
  const known = codecPatterns.find(([pattern]) => pattern.test(reported));
  return known ? known[1] : reported.trim().toLowerCase();
}
