import { expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { ways } from "../support/ways.ts";

const service = useEmulator();
const dataBytes = 300_000_000;

/** Two hours and a half at 16 kHz in 16 bits: a second of noise, and zeros from there on. */
function hours() {
  const head = new Uint8Array(44 + 32_000).fill(77);
  head.set(fixture("dialogue.wav").slice(0, 44));
  const view = new DataView(head.buffer);
  view.setUint32(4, dataBytes + 36, true);
  view.setUint32(24, 16_000, true);
  view.setUint32(28, 32_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  view.setUint32(40, dataBytes, true);
  return { head, sizeBytes: dataBytes + 44 };
}

const questions = [
  "Who?",
  "What?",
  "When?",
  "Where?",
  "Why?",
  "How?",
  "Whose?",
  "Whom?",
  "Which?",
  "Whence?",
];

test.each(ways)("over $api, 300 MB are uploaded once for three questions, and for ten turns", async (way) => {
  const files = { "hours.wav": hours() };
  const options = ["hours.wav", "--api", way.api, "--compress", "never"];
  const three = questions.slice(0, 3).flatMap((question) => ["--question", question]);
  const sent = () => service.emulator.requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0) - dataBytes;
  const asked = () => service.emulator.requests.filter(({ url }) => url.includes(way.path)).length;

  expect(await service.run(["ask", ...three, ...options], { files })).toMatchObject({ exitCode: 0 });
  expect(asked()).toBe(3);
  expect(sent()).toBeLessThan(20_000);

  expect(await service.run(["chat", ...options], { files, typed: questions })).toMatchObject({ exitCode: 0 });
  expect(asked()).toBe(13);
  expect(sent() - dataBytes).toBeLessThan(50_000);
});
