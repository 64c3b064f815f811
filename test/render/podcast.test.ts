import { expect, test } from "vitest";
import { renderPodcast } from "../../src/render/podcast.ts";
import { speakerName } from "../../src/render/speaker-name.ts";
import { createRandom } from "../support/damage.ts";
import { randomTranscript } from "../transcript/read/random-transcript.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";

test("the rich transcript", async () => {
  await expect(`${renderPodcast(richTranscript())}\n`).toMatchFileSnapshot(
    "../../fixtures/golden/rich.podcast.json",
  );
});

test("nothing said is no segment", () => {
  expect(JSON.parse(renderPodcast(emptyTranscript()))).toEqual({ version: "1.0.0", segments: [] });
});

test("whatever is said, it can be read back, and what is not known is not there", () => {
  const random = createRandom(6);
  for (let round = 0; round < 200; round += 1) {
    const { segments, speakers, ...rest } = randomTranscript(random);
    expect(JSON.parse(renderPodcast({ segments, speakers, ...rest })).segments).toStrictEqual(
      segments.map(({ start, end, speaker, text }) => ({
        ...(speaker !== null && { speaker: speakerName(speaker, speakers) }),
        ...(start !== null && { startTime: start / 1_000 }),
        ...(end !== null && { endTime: end / 1_000 }),
        body: text,
      })),
    );
  }
});
