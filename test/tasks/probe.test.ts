import { expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { runInMemory } from "../support/memory-world.ts";

const files = {
  "a.mp3": fixture("dialogue.mp3"),
  "b.m4a": fixture("dialogue.m4a"),
  "notes.mp3": Buffer.from("only text here"),
};

test("the document has the keys that were promised", async () => {
  const { exitCode, stdout, stderr } = await runInMemory(["probe", "a.mp3", "-f", "json"], { files });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    files: [
      {
        path: "a.mp3",
        container: "mp3",
        codec: "mp3",
        mime_type: "audio/mp3",
        bytes: 42_860,
        duration: 21.139,
        duration_from: "scan",
        channels: 1,
        sample_rate: 8_000,
        range: null,
        tokens: 677,
        counted_tokens: null,
        delivery: "inline",
        send_as: "audio/mp3",
        send_bytes: 42_860,
        warnings: [],
      },
    ],
    counted_by: null,
    total: { duration: 21.139, tokens: 677, counted_tokens: null, limit: 34_200, within_limit: true },
  });
});

test("what Gemini does not take is told all the same", async () => {
  const { exitCode, stdout } = await runInMemory(["probe", "b.m4a", "--json"], { files });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).files[0]).toMatchObject({
    container: "m4a",
    codec: "aac",
    mime_type: null,
    delivery: "inline",
    send_as: "audio/aac",
  });
});

test.each([
  [["a.mp3", "notes.mp3"], 3],
  [["notes.mp3"], 5],
  [["notes.mp3", "gone.mp3"], 5],
])("of %j, all are listed, and the exit is %i", async (paths, code) => {
  const { exitCode, stdout } = await runInMemory(["probe", "--json", ...paths], { files });
  expect(exitCode).toBe(code);
  const document = JSON.parse(stdout);
  expect(document.files.map(({ path }: { path: string }) => path)).toEqual(paths);
  expect(document.files.at(-1)).toMatchObject({ container: null, duration: null, error: expect.any(String) });
  expect(document.total).toMatchObject({ duration: null, tokens: null, within_limit: null });
});

test("more than the cap is an answer, not a failure", async () => {
  const head = fixture("dialogue.wav").slice(0, 44);
  new DataView(head.buffer).setUint32(40, 10 * 3_600 * 8_000, true);
  const long = { head, sizeBytes: 44 + 10 * 3_600 * 8_000 };
  const { exitCode, stdout } = await runInMemory(["probe", "long.wav", "--json"], {
    files: { "long.wav": long },
  });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [{ delivery: "upload", tokens: 1_152_000 }],
    total: { duration: 36_000, within_limit: false },
  });
  const known = await runInMemory(["probe", "long.wav", "notes.mp3", "--json"], {
    files: { ...files, "long.wav": long },
  });
  expect(JSON.parse(known.stdout).total.within_limit).toBe(false);
});

test("the text is for people, a name with an escape sequence in it included", async () => {
  const { stdout } = await runInMemory(["probe", "a\u001b[2J.mp3"], {
    files: { "a\u001b[2J.mp3": files["a.mp3"] },
  });
  expect(stdout).toMatchInlineSnapshot(`
    "a\\e[2J.mp3
      container   mp3
      codec       mp3
      bytes       42860
      duration    0:00:22 (21.139 s, by scan)
      channels    1
      sample rate 8000 Hz
      sent as     audio/mp3, as it is
      tokens      677
      delivery    inline
    total         0:00:22, 677 tokens; within the 9:30:00 of one prompt
    "
  `);
});
