import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();

const warning =
  "talk.wav: gemini-3.5-transcribe tells 8 speakers apart at most: if there are more, some are taken for others; of other models no limit is known (-m gemini-3.8-flash)";

test.each([
  { speakers: 8, model: transcriptionModel, warnings: [warning] },
  { speakers: 7, model: transcriptionModel, warnings: [] },
  { speakers: 8, model: generalModel, warnings: [] },
])("$speakers speakers by $model", async ({ speakers, model, warnings }) => {
  const { bytes } = toneWav({ seconds: 300, speakers, seed: 5 });
  const argv = ["transcribe", "talk.wav", "-m", model, "--diarize", "-f", "json"];
  const { exitCode, stdout, stderr } = await service.run(argv, { files: { "talk.wav": bytes } });
  expect(exitCode, stderr).toBe(0);
  const document = JSON.parse(stdout);
  expect(document.speakers).toHaveLength(speakers);
  expect(document.warnings).toEqual(warnings);
});
