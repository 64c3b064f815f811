import { EncodedPacketSink, type InputAudioTrack } from "mediabunny";
import type { Seconds } from "../../units.ts";
import type { Reader } from "../../world.ts";
import { isPartlyFragmented } from "./mp4-boxes.ts";
import { openPackets } from "./packets-input.ts";
import { type Flaw, unknownWalk, type Walk } from "./walk.ts";

/** How close to the true end a search for the last packet goes. */
const searchSeconds = 0.02;

/**
 * Measures the audio of a container whose packets have times of their own: MP4, MOV and their kin,
 * WebM and Matroska, MPEG-TS. mediabunny reads them; damaged files can keep it busy for ever,
 * so this runs as a job, beside the main thread and within a time limit.
 */
export async function walkPackets(reader: Reader, index: number): Promise<Walk> {
  const input = openPackets(reader);
  try {
    const tracks = await input.getAudioTracks();
    const track = tracks[index];
    if (track === undefined) return { ...unknownWalk, tracks: tracks.length };
    if (await isPartlyFragmented(reader))
      return { ...unknownWalk, tracks: tracks.length, codec: await track.getCodec(), flaws: [mixed] };
    const computed = positive(await track.computeDuration());
    const hasVideo = (await input.getVideoTracks()).length > 0;
    const end = computed === null ? null : await lastPacketEnd(track, computed);
    // A transport stream begins at any time; what an edit list cuts off begins before zero.
    const duration = end === null ? null : positive(end - Math.max(0, await track.getFirstTimestamp()));
    const isCut = end !== null && computed !== null && end < computed * 0.99;
    const stated = positive((await track.getDurationFromMetadata()) ?? 0);
    return {
      ...unknownWalk,
      codec: (await track.getCodec()) ?? null,
      channels: await track.getNumberOfChannels(),
      sampleRate: await track.getSampleRate(),
      duration,
      durationFrom: duration === null ? "unknown" : "scan",
      stated,
      hasVideo,
      tracks: tracks.length,
      bytesPerSecond: hasVideo || tracks.length > 1 ? await packetBytesPerSecond(track) : null,
      flaws: [
        ...(isCut ? [{ kind: "truncated" } as const] : []),
        ...(tracks.length > 1 ? [{ kind: "streams", count: tracks.length } as const] : []),
      ],
    };
  } finally {
    input.dispose();
  }
}

/**
 * When the last packet ends whose bytes are there. A table at a file's front names packets
 * that a file which was cut has lost; they are searched for the last that can be read.
 */
async function lastPacketEnd(track: InputAudioTrack, computed: Seconds): Promise<Seconds | null> {
  const sink = new EncodedPacketSink(track);
  const endAt = async (time: Seconds) => {
    try {
      const packet = await sink.getPacket(time);
      return packet === null ? null : packet.timestamp + packet.duration;
    } catch {
      return null;
    }
  };
  if ((await endAt(computed)) !== null) return computed;
  let low = 0;
  let found = await endAt(0);
  for (let high = computed; found !== null && high - low > searchSeconds; ) {
    const middle = (low + high) / 2;
    const end = await endAt(middle);
    if (end === null) high = middle;
    else {
      low = middle;
      found = end;
    }
  }
  return found;
}

/** So many packets tell about how large the others are. */
const sampledPackets = 500;

async function packetBytesPerSecond(track: InputAudioTrack): Promise<number | null> {
  const { averageBitrate } = await track.computePacketStats(sampledPackets);
  return positive(averageBitrate / 8);
}

const mixed: Flaw = { kind: "unmeasured", reason: "some of it is in fragments behind its table of contents" };

function positive(value: number): number | null {
  return Number.isFinite(value) && value > 0 ? value : null;
}
