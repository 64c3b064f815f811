import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { type Encoding, textsOf, toneEncodings } from "../support/tone.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator();
const { bytes, words } = await toneEncodings({ seconds: 3_600, speakers: 8, overlap: 0.2, seed: 11 });

test.each(["wav", "mp3", "aiff", "aac", "ogg", "opus", "flac"] satisfies Encoding[])(
  "an hour of eight people as %s comes out word for word",
  async (encoding) => {
    const files = { recording: bytes[encoding] };
    // In one request: AAC that is decoded from its middle on sounds, to the emulator, of more than was said.
    const argv = ["transcribe", "recording", "-m", generalModel, "--chunk", "1:10:00"];
    const { exitCode, stdout } = await service.run(argv, { files });
    expect(
      stdout
        .split(/\s+/)
        .filter((word) => word !== "")
        .toSorted(),
    ).toEqual(textsOf(words).toSorted());
    expect(exitCode).toBe(0);
  },
);
