import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { type Encoding, textsOf, toneEncodings } from "../support/tone.ts";

const service = useEmulator();
const { bytes, words } = await toneEncodings({ seconds: 3_600, speakers: 8, overlap: 0.2, seed: 11 });

test.each(["wav", "mp3", "aiff", "aac", "ogg", "opus", "flac"] satisfies Encoding[])(
  "an hour of eight people as %s comes out word for word",
  async (encoding) => {
    const files = { recording: bytes[encoding] };
    const { exitCode, stdout } = await service.run(["transcribe", "recording"], { files });
    expect(
      stdout
        .split(/\s+/)
        .filter((word) => word !== "")
        .toSorted(),
    ).toEqual(textsOf(words).toSorted());
    expect(exitCode).toBe(0);
  },
);
