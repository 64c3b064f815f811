import type { Seconds } from "../../units.ts";
import type { Reader } from "../../world.ts";
import type { ContainerKey } from "../containers.ts";
import { decode } from "../decode/decode.ts";
import { isHeard, type Loudness, LoudnessMeter, lengthOf } from "./loudness.ts";

/** What was found in a file: whether there is any sound at all, and how much was looked at. */
export interface Heard {
  readonly hasSound: boolean;
  readonly duration: Seconds;
}

/** Finds out whether there is any sound in a file; it is decoded as far as that. Runs as a job. */
export async function listen(reader: Reader, key: ContainerKey): Promise<Heard> {
  let duration = 0;
  for await (const sound of decode(reader, { key, channels: "all" })) {
    duration += lengthOf(sound);
    if (isHeard(sound)) return { hasSound: true, duration };
  }
  return { hasSound: false, duration };
}

/** Measures how loud a file is. Runs as a job. */
export async function measureLoudness(reader: Reader, key: ContainerKey): Promise<Loudness> {
  const meter = new LoudnessMeter();
  for await (const sound of decode(reader, { key, channels: "all" })) meter.add(sound);
  return meter.result();
}
