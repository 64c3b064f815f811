import { expect, test } from "vitest";
import { baseUrl } from "../../src/gemini/address.ts";

test.each([
  [undefined, "https://generativelanguage.googleapis.com"],
  ["", "https://generativelanguage.googleapis.com"],
  ["https://proxy.example.com/gemini/", "https://proxy.example.com/gemini"],
  ["http://127.0.0.1:8787", "http://127.0.0.1:8787"],
  ["http://localhost:8787/", "http://localhost:8787"],
  ["http://[::1]:8787", "http://[::1]:8787"],
])("GOOGLE_GEMINI_BASE_URL %j leads to %s", (given, address) => {
  expect(baseUrl({ GOOGLE_GEMINI_BASE_URL: given })).toBe(address);
});

test.each([["http://example.com"], ["http://127.0.0.1.example.com"], ["ftp://127.0.0.1"], ["nonsense"]])(
  "%s is refused: the key would travel in the open, or nowhere",
  (given) => {
    expect(() => baseUrl({ GOOGLE_GEMINI_BASE_URL: given })).toThrow(
      expect.objectContaining({ kind: "usage" }),
    );
  },
);
