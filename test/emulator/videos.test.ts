import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";
import { post } from "./client.ts";

const service = useEmulator();
const video = "https://www.youtube.com/watch?v=harbour-001";

/** What asking about these addresses is answered with, by both APIs. */
async function statusesOf(uris: readonly string[], { model = generalModel, mimeType = "video/mp4" } = {}) {
  const generated = await post(service, `/v1beta/models/${model}:generateContent`, {
    contents: [{ parts: uris.map((fileUri) => ({ fileData: { fileUri, mimeType } })) }],
  });
  const interaction = await post(service, "/v1beta/interactions", {
    ...{ model, store: false },
    input: uris.map((uri) => ({ type: "video", uri, mime_type: mimeType })),
  });
  return [generated.status, interaction.status];
}

test("a public video is heard and seen", async () => {
  expect(await statusesOf([video])).toEqual([200, 200]);
  expect(await statusesOf(Array(10).fill(video))).toEqual([200, 200]);
});

test.each([
  ["one that is not there", ["https://youtu.be/no-such-001"], {}, [403, 403]],
  ["an address of no video", ["https://www.youtube.com/watch?list=PL1"], {}, [400, 400]],
  ["an address elsewhere", ["https://example.com/a.mp4"], {}, [403, 400]],
  ["more than ten", Array(11).fill(video), {}, [400, 400]],
  ["what is said to be audio", [video], { mimeType: "audio/mp3" }, [400, 400]],
  ["the model that transcribes", [video], { model: transcriptionModel }, [400, 400]],
])("%s is refused", async (_name, uris, options, expected) => {
  expect(await statusesOf(uris, options)).toEqual(expected);
});
