import { connect } from "../../src/gemini/client.ts";
import { readAhead } from "../../src/gemini/file-content.ts";
import { chooseFileName, upload } from "../../src/gemini/upload.ts";
import { createSystemWorld } from "../../src/system/world.ts";
import type { World } from "../../src/world.ts";

/**
 * Uploads a file, and does nothing else: `node upload-main.js upload|send FILE URL`. With `send`, only
 * its bytes travel, as upload() sends them: without the protocol, and without a SHA-256.
 */
const [how, path = "", url = ""] = process.argv.slice(2);
const env = { ...process.env, GOOGLE_GEMINI_BASE_URL: url };
const world: World = { ...createSystemWorld(process, new AbortController()), env };
const reader = await world.files.open(path);
if (how === "send") {
  const headers = { "Content-Length": String(reader.sizeBytes) };
  await world.send(url, { method: "POST", headers, body: readAhead(reader, 0), signal: world.signal });
} else {
  const ignore = () => {};
  const access = { key: "sink", timeoutMs: 60_000, retries: 0, onWait: ignore, onRequest: ignore };
  const client = await connect(world, access);
  await upload(
    client,
    { nextName: async () => chooseFileName(world), reader, mimeType: "audio/wav", displayName: null },
    world.signal,
  );
}
await reader.close();
