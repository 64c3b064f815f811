import type { Reader } from "../../world.ts";
import type { ContainerKey } from "../containers.ts";
import { decode } from "../decode/decode.ts";
import { firstSound, type Heard, type Loudness, LoudnessMeter } from "./loudness.ts";

/** Finds out whether there is any sound in a file; it is decoded as far as that. Runs as a job. */
export function listen(reader: Reader, key: ContainerKey): Promise<Heard> {
  return firstSound(decode(reader, { key, channels: "all" }), { isLossy: key !== "flac" });
}

/** Measures how loud a file is. Runs as a job. */
export async function measureLoudness(reader: Reader, key: ContainerKey): Promise<Loudness> {
  const meter = new LoudnessMeter();
  for await (const sound of decode(reader, { key, channels: "all" })) meter.add(sound);
  return meter.result();
}
