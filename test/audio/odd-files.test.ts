import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { describe, expect, test } from "vitest";
import { probe } from "../../src/audio/probe.ts";
import { hasFfmpeg } from "../emulator/hearing/ffmpeg.ts";
import { cut, find, join, noise, patch, uint32 } from "../support/bytes.ts";
import { fixture } from "../support/fixtures.ts";
import { systemError } from "../support/memory-files.ts";
import { memoryWorld } from "../support/memory-world.ts";

const wav = fixture("dialogue.wav");
const mp3 = fixture("dialogue.mp3");
const aiff = fixture("dialogue.aiff");
const aac = fixture("dialogue.aac");
const ogg = fixture("dialogue.ogg");
const opus = fixture("dialogue.opus");
const flac = fixture("dialogue.flac");
const m4a = fixture("dialogue.m4a");
const webm = fixture("dialogue.webm");

/** The length of the fixtures; AAC's encoder adds 0.237 s to what ADTS holds. */
const one = 21.139;
const adts = 21.376;

/** An MP3 behind another keeps its note, delay and padding: nobody takes them for what they are there. */
const noted = 21.384;

const id3 = join(
  "ID3\u0004\0\0",
  [0, 0, 8, 0].map((byte) => String.fromCharCode(byte)).join(""),
  new Uint8Array(1_024),
);
const id3v1 = join("TAG", new Uint8Array(125));
const ape = join(
  "APETAGEX",
  new Uint8Array([0xd0, 7, 0, 0, 64, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xa0]),
  new Uint8Array(8),
  new Uint8Array(32),
  "APETAGEX",
  new Uint8Array([0xd0, 7, 0, 0, 64, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80]),
  new Uint8Array(8),
);

/** A FLAC file that does not say how many samples it holds. */
const openFlac = patch(flac, 21, [(flac[21] ?? 0) & 0xf0, 0, 0, 0, 0]);
const dataSize = find(wav, "data") + 4;
const wavData = wav.subarray(dataSize + 4);
const rf64 = join(
  "RF64",
  new Uint8Array([255, 255, 255, 255]),
  "WAVE",
  "ds64",
  new Uint8Array([
    28,
    0,
    0,
    0,
    ...uint32(wav.length, "little"),
    0,
    0,
    0,
    0,
    ...uint32(wavData.length, "little"),
    0,
    0,
    0,
    0,
  ]),
  new Uint8Array(12),
  wav.subarray(12, dataSize),
  new Uint8Array([255, 255, 255, 255]),
  wavData,
);
const oddChunk = join(
  wav.subarray(0, 12),
  "odd ",
  new Uint8Array([3, 0, 0, 0, 1, 2, 3, 0]),
  wav.subarray(12),
);
const framesInComm = find(aiff, "COMM") + 10;

type Warning = "misstated" | "truncated" | "garbage" | "gap" | "streams" | "mislabelled";

/** Each file with its true length, and what is to be said of it. */
const cases: readonly (readonly [string, Uint8Array, number, readonly Warning[]])[] = [
  ["MP3 after MP3", join(mp3, mp3, mp3), 3 * one, ["misstated"]],
  ["MP3 behind ID3v2, before APE and ID3v1", join(id3, mp3, ape, id3v1), one, []],
  ["MP3 behind two ID3v2 tags", join(id3, id3, mp3), one, []],
  ["MP3 with an ID3v2 tag in the middle", join(mp3, id3, mp3), 2 * one, ["misstated"]],
  ["MP3 behind 300 kB of junk", join(noise(300_000), mp3), one, ["garbage"]],
  ["MP3 behind zeros", join(new Uint8Array(3_000), mp3), one, ["garbage"]],
  ["MP3 before as much junk", join(mp3, noise(mp3.length)), one, ["garbage"]],
  [
    "MP3 with junk in the middle",
    join(cut(mp3, 0.5), noise(5_000), mp3.subarray(mp3.length / 2)),
    one,
    ["garbage"],
  ],
  ["MP3 cut in half", cut(mp3, 0.5), one / 2, ["misstated", "truncated"]],
  ["MP3 without its first half", mp3.subarray(mp3.length / 2), one / 2, ["garbage"]],
  [
    "megabytes of MP3 before megabytes of zeros",
    join(...Array(60).fill(mp3), new Uint8Array(3_000_000)),
    one + 59 * noted,
    ["garbage", "misstated"],
  ],
  [
    "MP3 before an APE tag that lies about its size",
    join(
      mp3,
      "APETAGEX",
      new Uint8Array([0xd0, 7, 0, 0, ...uint32(40_000, "little"), 1, 0, 0, 0, 0, 0, 0, 0x80]),
      new Uint8Array(8),
    ),
    one,
    [],
  ],
  ["ADTS after ADTS", join(aac, aac), 2 * adts, []],
  ["ADTS behind ID3v2", join(id3, aac), adts, []],
  ["ADTS cut in half", cut(aac, 0.5), adts / 2, ["truncated"]],
  ["ADTS before junk", join(aac, noise(20_000)), adts, ["garbage"]],
  ["chained Vorbis", join(ogg, ogg, ogg), 3 * one, []],
  ["chained Opus", join(opus, opus), 2 * one, []],
  ["Vorbis chained to Opus", join(ogg, opus), 2 * one, []],
  ["Vorbis before junk", join(ogg, noise(5_000)), one, ["garbage"]],
  ["FLAC that does not say how long it is", openFlac, one, []],
  ["FLAC after FLAC", join(flac, flac, flac), 3 * one, ["misstated"]],
  ["FLAC after FLAC, neither saying how long it is", join(openFlac, openFlac), 2 * one, []],
  ["FLAC behind ID3v2", join(id3, flac), one, []],
  ["FLAC that says ten times its length", patch(flac, 22, uint32(1_691_120, "big")), one, ["misstated"]],
  ["WAV with data size 0", patch(wav, dataSize, [0, 0, 0, 0]), one, []],
  ["WAV with data size 0xFFFFFFFF", patch(wav, dataSize, [255, 255, 255, 255]), one, []],
  [
    "WAV with twice its data size",
    patch(wav, dataSize, uint32(2 * wavData.length, "little")),
    one,
    ["misstated", "truncated"],
  ],
  ["WAV that lies about its blocks", patch(wav, 32, [255, 255]), one, []],
  [
    "WAV whose data size lost its upper bits",
    patch(wav, dataSize, uint32(1_000, "little")),
    one,
    ["misstated"],
  ],
  ["WAV cut in half", cut(wav, 0.5), one / 2, ["misstated", "truncated"]],
  ["WAV with an odd chunk in front", oddChunk, one, []],
  ["RF64", rf64, one, []],
  ["AIFF that says it holds no frames", patch(aiff, framesInComm, [0, 0, 0, 0]), one, ["misstated"]],
  ["AIFF with a second sound chunk", join(aiff, "SSND", new Uint8Array([0, 0, 0, 4, 0, 0, 0, 0])), one, []],
  ["AIFF cut in half", cut(aiff, 0.5), one / 2, ["misstated", "truncated"]],
  ["M4A", m4a, one, []],
  ["WebM", webm, one, []],
];

function probeBytes(bytes: Uint8Array, path = "recording") {
  return probe(memoryWorld([], { files: { [path]: bytes } }).world, { path, file: path });
}

describe("a length is what is there, whatever the headers say", () => {
  test.each(cases)("%s", async (_, bytes, truth, warnings) => {
    const { duration, durationFrom, flaws, channels, codec } = await probeBytes(bytes);
    expect(channels).toBe(1);
    expect(["mp3", "aac", "vorbis", "opus", "flac", "pcm"]).toContain(codec);
    expect(Math.abs((duration ?? 0) - truth)).toBeLessThan(Math.max(0.1, truth * 0.01));
    expect(["header", "scan"]).toContain(durationFrom);
    expect(flaws.map(({ kind }) => kind).toSorted()).toEqual(warnings);
  });
});

describe("FLAC frames that jump are added up, and told of", () => {
  test.each<readonly [string, Uint8Array, number]>([
    ["half of the frames again", join(flac, flac.subarray(flac.length / 2)), 1.5 * one],
    ["the middle missing", join(cut(flac, 1 / 3), flac.subarray((flac.length * 2) / 3)), (one * 2) / 3],
  ])("%s", async (_, bytes, about) => {
    const { duration, flaws } = await probeBytes(bytes);
    // Bytes are no measure of time: speech takes more of them than pauses.
    expect(Math.abs((duration ?? 0) - about)).toBeLessThan(2);
    expect(flaws.map(({ kind }) => kind).toSorted()).toEqual(["gap", "misstated"]);
  });
});

describe("Ogg pages", () => {
  const pages = pagesOf(ogg);
  const opusPages = pagesOf(opus);

  test("a stream that begins late, as one cut from a broadcast, is as long as what is there", async () => {
    const late = join(...opusPages.slice(0, 2), ...opusPages.slice(12));
    const { duration } = await probeBytes(late);
    expect(duration).toBeCloseTo(one - 10, 1);
  });

  test("pages that are missing lengthen nothing, and are told of", async () => {
    const { duration, flaws } = await probeBytes(join(...opusPages.slice(0, 5), ...opusPages.slice(10)));
    expect(duration).toBeCloseTo(one - 5, 1);
    expect(flaws).toEqual([{ kind: "gap" }]);
  });

  test("a damaged granule position is not believed", async () => {
    const [head = new Uint8Array(), ...rest] = [...pages];
    const damaged = patch(rest.at(-2) ?? head, 6, [0, 0, 0, 0, 0, 1, 0, 0]);
    const { duration, flaws } = await probeBytes(
      join(head, ...rest.slice(0, -2), damaged, ...rest.slice(-1)),
    );
    expect(Math.abs((duration ?? 0) - one)).toBeLessThan(2);
    expect(flaws.map(({ kind }) => kind)).toContain("gap");
  });

  test("positions that tell of less than the packets hold are not believed", async () => {
    const [head = new Uint8Array(), tags = new Uint8Array(), ...rest] = opusPages;
    const low = rest.map((page, index) => patch(page, 6, uint32(312 + 100 * index, "little")));
    const { duration, flaws } = await probeBytes(join(head, tags, ...low));
    expect(Math.abs((duration ?? 0) - one)).toBeLessThan(1.1);
    expect(flaws).toEqual([{ kind: "gap" }]);
  });

  test("a chain of very many links is added up", async () => {
    const links = Array.from({ length: 20_000 }, () => join(opusPages[0] ?? "", opusPages[2] ?? ""));
    const { duration } = await probeBytes(join(...links));
    expect(duration).toBeGreaterThan(19_000);
  });

  test("of streams that run at the same time, the first counts", async () => {
    const second = opusPages.map((page) => withSerial(page, 77));
    const multiplexed = join(opusPages[0] ?? "", second[0] ?? "", ...opusPages.slice(1), ...second.slice(1));
    const { duration, flaws } = await probeBytes(multiplexed);
    expect(duration).toBeCloseTo(one, 1);
    expect(flaws).toEqual([{ kind: "streams", count: 2 }]);
  });

  test("a cut file is as long as its whole pages", async () => {
    const { duration, flaws } = await probeBytes(cut(opus, 0.5));
    expect(duration).toBeGreaterThan(9);
    expect(duration).toBeLessThan(12);
    expect(flaws).toEqual([{ kind: "truncated" }]);
  });
});

describe("identification", () => {
  test.each([
    ["dialogue.flac", "interview.mp3", "mp3"],
    ["dialogue.ogg", "interview.wav", "wav"],
    ["dialogue.m4a", "interview.mp3", "mp3"],
  ])("%s called %s is told to be mislabelled", async (name, path, extension) => {
    expect((await probeBytes(fixture(name), path)).flaws).toEqual([{ kind: "mislabelled", extension }]);
  });

  test("an extension that says nothing is no lie", async () => {
    expect((await probeBytes(mp3, "interview.bak")).flaws).toEqual([]);
  });

  test.each<readonly [string, Uint8Array, string]>([
    ["Wave64", join("riff\u002e\u0091\u00cf\u0011", new Uint8Array(100)), "wave64"],
    ["AU", join(".snd", new Uint8Array(100)), "au"],
    ["CAF", join("caff", new Uint8Array(100)), "caf"],
    ["AMR", join("#!AMR\n", new Uint8Array(100)), "amr"],
    ["AVI", join("RIFF", new Uint8Array(4), "AVI LIST", new Uint8Array(100)), "avi"],
    ["FLV", join("FLV\u0001", new Uint8Array(100)), "flv"],
    ["free-format MPEG audio", freeFormat(), "free-format"],
  ])("%s is known by name, and ffmpeg named as the way", async (_, bytes, name) => {
    await expect(probeBytes(bytes)).rejects.toMatchObject({
      kind: "input",
      message: expect.stringContaining(name),
      hint: expect.stringContaining("ffmpeg"),
    });
  });

  test.each<readonly [string, Uint8Array]>([
    ["noise behind one MPEG header", join(new Uint8Array([0xff, 0xfb, 0x90, 0x64]), noise(1_000_000))],
    ["noise behind one ADTS header", join(new Uint8Array([0xff, 0xf1, 0x50, 0x80]), noise(1_000_000))],
    ["ones", new Uint8Array(1_000_000).fill(0xff)],
    ["zeros", new Uint8Array(1_000_000)],
    ["an MP3 in a ZIP", join("PK\u0003\u0004\u0014\0\0\0\0\0", new Uint8Array(20), mp3)],
  ])("%s is no recording", async (_, bytes) => {
    await expect(probeBytes(bytes)).rejects.toMatchObject({ kind: "input" });
  });
});

test("a file that changes while it is read is refused", async () => {
  const { world, files } = memoryWorld([], { files: { "live.mp3": mp3 } });
  const grow = () => files.entries.set("live.mp3", join(mp3, mp3));
  await expect(probe(world, { path: "live.mp3", file: "live.mp3", onAdvance: grow })).rejects.toMatchObject({
    kind: "input",
    message: expect.stringContaining("changed"),
  });
});

test("a disk that fails in the middle of a file is told as such", async () => {
  const { world, files } = memoryWorld([], { files: { "bad.mp3": mp3 } });
  const open = files.open.bind(files);
  files.open = async (path) => ({
    ...(await open(path)),
    readInto: () => Promise.reject(systemError("EIO")),
  });
  await expect(probe(world, { path: "bad.mp3", file: "bad.mp3" })).rejects.toMatchObject({
    kind: "input",
    message: "bad.mp3: cannot be read: input/output error",
  });
});

test("of a huge WAV, only headers are read", async () => {
  const { world, files } = memoryWorld([], {
    files: { "huge.wav": { head: wav.slice(0, dataSize + 4), sizeBytes: 2_000_000_000 } },
  });
  let read = 0;
  const open = files.open.bind(files);
  files.open = async (path) => {
    const reader = await open(path);
    return {
      ...reader,
      read: (position, length) => {
        read += length;
        return reader.read(position, length);
      },
    };
  };
  await probe(world, { path: "huge.wav", file: "huge.wav" });
  expect(read).toBeLessThan(100_000);
});

describe.skipIf(!hasFfmpeg)("what ffmpeg makes (needs ffmpeg)", () => {
  const wavToConvert = wav;

  /** Converts the dialogue, and decodes the outcome, which is the truth. */
  function convert(name: string, options: readonly string[], input = wavToConvert) {
    const directory = mkdtempSync(joinPath(tmpdir(), "gaudio-odd-"));
    try {
      const source = joinPath(directory, "in.wav");
      const target = joinPath(directory, name);
      writeFileSync(source, input);
      execFileSync("ffmpeg", ["-v", "error", "-i", source, ...options, target]);
      const raw = ["-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "s16le", "-"];
      const decoded = execFileSync("ffmpeg", ["-v", "error", "-i", target, ...raw], { maxBuffer: 1 << 28 });
      return { bytes: new Uint8Array(readFileSync(target)), truth: decoded.length / 96_000 };
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  const fragments = ["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "5000000"];
  const video = ["-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=21", "-shortest"];

  test.each<readonly [string, readonly string[], string]>([
    ["a.m4a", ["-c:a", "aac", ...fragments], "aac"],
    ["b.m4a", ["-c:a", "aac", "-movflags", "+faststart"], "aac"],
    ["c.m4a", ["-c:a", "alac", "-sample_fmt", "s16p"], "alac"],
    ["d.mp4", [...video, "-c:v", "mpeg4", "-c:a", "aac"], "aac"],
    ["e.mov", ["-c:a", "pcm_s16le"], "pcm-s16"],
    ["f.mkv", ["-c:a", "libvorbis"], "vorbis"],
    ["g.webm", ["-c:a", "libopus", "-live", "1"], "opus"],
    ["h.ts", ["-c:a", "aac"], "aac"],
    ["i.mp3", ["-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0"], "mp3"],
    ["j.mp3", ["-c:a", "libmp3lame", "-ar", "44100", "-b:a", "128k"], "mp3"],
    ["k.mp2", ["-c:a", "mp2", "-ar", "32000"], "mp2"],
    ["l.ogg", ["-c:a", "flac"], "flac"],
    ["m.spx", ["-c:a", "libspeex"], "speex"],
    ["n.aif", ["-c:a", "pcm_s24be"], "pcm"],
    ["o.wav", ["-c:a", "adpcm_ima_wav"], "adpcm"],
    ["p.wav", ["-c:a", "pcm_f32le", "-ac", "2"], "float"],
    ["q.wav", ["-c:a", "pcm_mulaw"], "mulaw"],
    ["r.wav", ["-rf64", "always", "-c:a", "pcm_s24le"], "pcm"],
    ["s.aac", ["-c:a", "aac", "-ar", "44100", "-ac", "2"], "aac"],
  ])("%s (%j) is as long as its decoded samples", async (name, options, codec) => {
    const { bytes, truth } = convert(name, options);
    const audio = await probeBytes(bytes, name);
    expect(Math.abs((audio.duration ?? 0) - truth)).toBeLessThan(Math.max(0.1, truth * 0.01));
    expect(audio.codec).toBe(codec);
    expect(audio.flaws.filter(({ kind }) => kind !== "misstated")).toEqual([]);
  });

  test("an M4A whose packets are partly in fragments is of unknown length, and says why", async () => {
    const { bytes } = convert("mixed.m4a", [
      "-c:a",
      "aac",
      "-movflags",
      "frag_keyframe",
      "-frag_duration",
      "5000000",
    ]);
    const { duration, flaws } = await probeBytes(bytes);
    expect(duration).toBeNull();
    expect(flaws).toMatchObject([{ kind: "unmeasured" }]);
  });

  test("a FLAC that was cut out of another without encoding is as long as its frames", async () => {
    const { bytes, truth } = convert("part.flac", ["-c:a", "copy", "-ss", "8"], flac);
    expect((await probeBytes(bytes)).duration).toBeCloseTo(truth, 1);
  });

  test("an M4A with its table in front, cut in half, is as long as the packets that are left", async () => {
    const { bytes } = convert("cut.m4a", ["-c:a", "aac", "-movflags", "+faststart"]);
    const { duration, flaws } = await probeBytes(cut(bytes, 0.5));
    expect(duration).toBeGreaterThan(8);
    expect(duration).toBeLessThan(12);
    expect(flaws.map(({ kind }) => kind)).toContain("truncated");
  });
});

function pagesOf(bytes: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  const buffer = Buffer.from(bytes);
  for (let at = buffer.indexOf("OggS"); at >= 0; at = buffer.indexOf("OggS", at + 4)) starts.push(at);
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1]));
}

/** The page under another serial number; its checksum, wrong now, is looked at only where a page is suspicious. */
function withSerial(page: Uint8Array, serial: number): Uint8Array {
  return patch(page, 14, uint32(serial, "little"));
}

function freeFormat(): Uint8Array {
  const frame = join(
    new Uint8Array([0xff, 0xfb, 0x00, 0x64]),
    noise(500).map((byte) => byte & 0x7f),
  );
  return join(...Array.from({ length: 20 }, () => frame));
}

test.each([
  ["WAV", wav],
  ["AIFF", aiff],
])("of %s files that were joined the first counts, and that is told", async (_name, bytes) => {
  const { world } = memoryWorld([], { files: { it: join(bytes, bytes) } });
  const { duration, flaws } = await probe(world, { path: "it", file: "it" });
  expect(duration).toBeCloseTo(one, 2);
  expect(flaws).toContainEqual({ kind: "joined" });
});
