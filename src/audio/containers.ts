/** A container that gaudio knows: how it is read, and what of it Gemini takes. */
export interface Container {
  readonly name: string;
  /** `walk`: gaudio's own walkers; `packets`: mediabunny; `none`: it is known by name only. */
  readonly reading: "walk" | "packets" | "none";
  /** The MIME type to send; null when it cannot be sent as it is. */
  readonly mimeType: string | null;
  /** The codecs that can be sent in it. */
  readonly codecs: readonly string[];
  /** The extensions that its files have, the usual one first. */
  readonly extensions: readonly string[];
}

const pcm = ["pcm", "float", "alaw", "mulaw"];

function walked(
  name: string,
  mimeType: string | null,
  codecs: readonly string[],
  extensions: readonly string[],
) {
  return { name, reading: "walk", mimeType, codecs, extensions } as const satisfies Container;
}

function packets(name: string, extensions: readonly string[]) {
  return { name, reading: "packets", mimeType: null, codecs: [], extensions } as const satisfies Container;
}

function unread(name: string, extensions: readonly string[]) {
  return { name, reading: "none", mimeType: null, codecs: [], extensions } as const satisfies Container;
}

/** Every container by its key. The types to send are those of Gemini's audio page [doc]. */
export const containers = {
  wav: walked("wav", "audio/wav", pcm, ["wav", "wave", "bwf"]),
  rf64: walked("rf64", null, [], ["wav", "rf64", "bw64"]),
  aiff: walked("aiff", "audio/aiff", pcm, ["aiff", "aif", "aifc"]),
  mp3: walked("mp3", "audio/mp3", ["mp3", "mp2", "mp1"], ["mp3", "mp2", "mp1", "mpga"]),
  adts: walked("adts", "audio/aac", ["aac"], ["aac", "adts"]),
  ogg: walked("ogg", "audio/ogg", ["vorbis", "opus"], ["ogg", "oga", "opus", "spx", "ogv", "ogx"]),
  flac: walked("flac", "audio/flac", ["flac"], ["flac"]),
  m4a: packets("m4a", ["m4a", "m4b", "m4p", "m4r", "mp4", "aac"]),
  mp4: packets("mp4", ["mp4", "m4v", "m4a", "m4b"]),
  mov: packets("mov", ["mov", "qt"]),
  threeGp: packets("3gp", ["3gp", "3g2", "3gpp"]),
  mpegTs: packets("mpeg-ts", ["ts", "m2ts", "mts"]),
  webm: packets("webm", ["webm", "weba"]),
  matroska: packets("matroska", ["mkv", "mka", "mk3d"]),
  freeFormat: unread("free-format MPEG audio", ["mp3", "mp2"]),
  w64: unread("wave64", ["w64"]),
  au: unread("au", ["au", "snd"]),
  caf: unread("caf", ["caf"]),
  amr: unread("amr", ["amr", "awb"]),
  wma: unread("wma", ["wma", "asf"]),
  wmv: unread("wmv", ["wmv", "asf"]),
  avi: unread("avi", ["avi"]),
  flv: unread("flv", ["flv"]),
  ape: unread("ape", ["ape"]),
  wavpack: unread("wavpack", ["wv"]),
  musepack: unread("musepack", ["mpc", "mpp"]),
  dsf: unread("dsf", ["dsf"]),
  voc: unread("voc", ["voc"]),
  ac3: unread("ac-3", ["ac3"]),
  mpegPs: unread("mpeg-ps", ["mpg", "mpeg", "vob"]),
} as const satisfies Record<string, Container>;

export type ContainerKey = keyof typeof containers;

/** Containers by the MIME type that file-type gives them, where it is to be believed. */
const detected: Readonly<Record<string, ContainerKey>> = {
  "audio/x-m4a": "m4a",
  "audio/mp4": "m4a",
  "video/mp4": "mp4",
  "video/x-m4v": "mp4",
  "video/quicktime": "mov",
  "video/3gpp": "threeGp",
  "video/3gpp2": "threeGp",
  "video/mp2t": "mpegTs",
  "video/webm": "webm",
  "video/matroska": "matroska",
  "audio/amr": "amr",
  "audio/x-ms-asf": "wma",
  "video/x-ms-asf": "wmv",
  "application/vnd.ms-asf": "wma",
  "video/vnd.avi": "avi",
  "video/x-flv": "flv",
  "audio/ape": "ape",
  "audio/wavpack": "wavpack",
  "audio/x-musepack": "musepack",
  "audio/x-dsf": "dsf",
  "audio/x-voc": "voc",
  "audio/vnd.dolby.dd-raw": "ac3",
  "video/mpeg": "mpegPs",
  "video/MP1S": "mpegPs",
  "video/MP2P": "mpegPs",
};

/** The container of a MIME type as file-type writes it; null when it is none for audio. */
export function containerDetected(mimeType: string): ContainerKey | null {
  return detected[mimeType] ?? null;
}

/** The MIME type to send a recording with; null when Gemini does not take this codec in this container. */
export function mimeTypeToSend(container: Container, codec: string | null): string | null {
  return codec !== null && container.codecs.includes(codec) ? container.mimeType : null;
}

/** The container that a MIME type stands for in a request. */
export function containerOfType(mimeType: string): ContainerKey | null {
  const isKey = (key: string): key is ContainerKey => key in containers;
  const found = Object.keys(containers)
    .filter(isKey)
    .find((key) => containers[key].mimeType === mimeType);
  return found ?? null;
}
