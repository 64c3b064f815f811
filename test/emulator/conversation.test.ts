import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { post } from "./client.ts";
import { recordings } from "./recordings.ts";

const service = useEmulator();
const model = "gemini-3.8-flash";

/** Who says what; the first of all with a recording. */
type Said = readonly (readonly [role: "user" | "model" | null, text: string])[];

const generate = (said: Said) =>
  post(service, `/v1beta/models/${model}:generateContent`, {
    contents: said.map(([role, text], index) => ({
      ...(role !== null && { role }),
      parts: [
        ...(index === 0 ? [{ inlineData: { data: recordings.dialogue, mimeType: "audio/wav" } }] : []),
        { text },
      ],
    })),
  });

const interact = (said: Said) =>
  post(service, "/v1beta/interactions", {
    ...{ model, store: false },
    input: said.map(([role, text], index) => ({
      ...(role !== null && { type: role === "user" ? "user_input" : "model_output" }),
      content: [
        ...(index === 0 ? [{ type: "audio", data: recordings.dialogue, mime_type: "audio/wav" }] : []),
        { type: "text", text },
      ],
    })),
  });

describe.each([
  ["generateContent", generate],
  ["Interactions", interact],
])("by %s", (_, ask) => {
  test("a conversation is heard as a whole", async () => {
    const { status, json } = await ask([
      ["user", "Who?"],
      ["model", "Anna."],
      ["user", "Who else?"],
    ]);
    expect(status).toBe(200);
    expect(JSON.stringify(json)).toContain("Good morning");
  });

  test.each<readonly [string, Said]>([
    [
      "that the model ends",
      [
        ["user", "Who?"],
        ["model", "Anna."],
      ],
    ],
    [
      "that the model begins",
      [
        ["model", "Anna."],
        ["user", "Who?"],
        ["model", "Ben."],
      ],
    ],
    [
      "in which nobody answers",
      [
        ["user", "Who?"],
        ["user", "Who else?"],
        ["user", "Who?"],
      ],
    ],
    [
      "of somebody",
      [
        ["user", "Who?"],
        [null, "Anna."],
        ["user", "Who else?"],
      ],
    ],
    [
      "in which somebody says nothing",
      [
        ["user", "Who?"],
        ["model", ""],
        ["user", "Who else?"],
      ],
    ],
  ])("one %s is refused", async (_, said) => {
    expect((await ask(said)).status).toBe(400);
  });
});
