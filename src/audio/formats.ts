/** A container that gaudio knows: what it is called, and what of it Gemini takes. */
interface Container {
  readonly name: string;
  /** The MIME type to send; null when no codec in it can be sent as it is. */
  readonly mimeType: string | null;
  /** The codecs that can be sent in it. */
  readonly codecs: readonly string[];
}

const pcm = ["pcm", "float", "alaw", "mulaw"];
const wav: Container = { name: "wav", mimeType: "audio/wav", codecs: pcm };
const aiff: Container = { name: "aiff", mimeType: "audio/aiff", codecs: pcm };
const mp3: Container = { name: "mp3", mimeType: "audio/mp3", codecs: ["mp3", "mp2", "mp1"] };
const adts: Container = { name: "adts", mimeType: "audio/aac", codecs: ["aac"] };
const ogg: Container = { name: "ogg", mimeType: "audio/ogg", codecs: ["vorbis", "opus"] };
const flac: Container = { name: "flac", mimeType: "audio/flac", codecs: ["flac"] };
const unsent = (name: string): Container => ({ name, mimeType: null, codecs: [] });

/**
 * The containers by the MIME type that file-type gives them.
 * The types to send are those of Gemini's audio page.
 */
const containers: Readonly<Record<string, Container>> = {
  "audio/wav": wav,
  "audio/aiff": aiff,
  "audio/mpeg": mp3,
  "audio/aac": adts,
  "audio/ogg": ogg,
  "audio/ogg; codecs=opus": ogg,
  "audio/flac": flac,
  "audio/x-m4a": unsent("m4a"),
  "audio/mp4": unsent("m4a"),
  "video/mp4": unsent("mp4"),
  "video/x-m4v": unsent("mp4"),
  "video/quicktime": unsent("mov"),
  "video/3gpp": unsent("3gp"),
  "video/3gpp2": unsent("3gp"),
  "video/mp2t": unsent("mpeg-ts"),
  "video/webm": unsent("webm"),
  "video/matroska": unsent("matroska"),
  "video/ogg": unsent("ogg video"),
  "application/ogg": unsent("ogg"),
  "audio/amr": unsent("amr"),
  "audio/ape": unsent("ape"),
  "audio/wavpack": unsent("wavpack"),
  "audio/x-musepack": unsent("musepack"),
  "audio/x-dsf": unsent("dsf"),
  "audio/x-voc": unsent("voc"),
  "audio/vnd.dolby.dd-raw": unsent("ac-3"),
  "audio/x-ms-asf": unsent("wma"),
  "video/x-ms-asf": unsent("wmv"),
  "video/vnd.avi": unsent("avi"),
  "video/x-flv": unsent("flv"),
  "video/mpeg": unsent("mpeg"),
  "video/MP1S": unsent("mpeg-ps"),
  "video/MP2P": unsent("mpeg-ps"),
};

/** The container of a MIME type as file-type writes it; null when it is none for audio. */
export function containerOf(detectedMimeType: string): Container | null {
  return containers[detectedMimeType] ?? null;
}

/** The MIME type to send a recording with; null when Gemini does not take this codec in this container. */
export function mimeTypeToSend(container: Container, codec: string | null): string | null {
  return codec !== null && container.codecs.includes(codec) ? container.mimeType : null;
}

const codecPatterns: readonly (readonly [RegExp, string])[] = [
  [/^MPEG [\d.]+ Layer 3$|^MPEGLAYER3$|^MPEG\/L3$/i, "mp3"],
  [/^MPEG [\d.]+ Layer 2$|^MPEG\/L2$/i, "mp2"],
  [/^MPEG [\d.]+ Layer 1$|^MPEG\/L1$/i, "mp1"],
  [/vorbis/i, "vorbis"],
  [/opus/i, "opus"],
  [/speex/i, "speex"],
  [/flac/i, "flac"],
  [/alac/i, "alac"],
  [/aac/i, "aac"],
  [/adpcm|ima4/i, "adpcm"],
  [/a-?law/i, "alaw"],
  [/(mu?|µ|u)-?law/i, "mulaw"],
  [/float/i, "float"],
  // 65534 is WAVE_FORMAT_EXTENSIBLE, in which 24 bits and more than two channels come.
  [/^pcm|\bPCM\b|^non-PCM \(65534\)$/, "pcm"],
];

/** music-metadata's wording of a codec in gaudio's: one lower-case name a codec. */
export function codecName(reported: string | undefined): string | null {
  if (reported === undefined || reported.trim() === "") return null;
  const known = codecPatterns.find(([pattern]) => pattern.test(reported));
  return known ? known[1] : reported.trim().toLowerCase();
}
