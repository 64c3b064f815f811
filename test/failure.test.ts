import { expect, test } from "vitest";
import { asFailure, Failure, type FailureKind, systemReason } from "../src/failure.ts";
import { systemError } from "./support/memory-files.ts";

const exitCodes: readonly (readonly [FailureKind, number])[] = [
  ["bug", 1],
  ["usage", 2],
  ["partial", 3],
  ["key", 4],
  ["input", 5],
  ["service", 6],
  ["blocked", 7],
  ["incomplete", 8],
  ["limit", 9],
  ["output", 10],
];

test.each(exitCodes)("a failure of kind %s exits with %i", (kind, exitCode) => {
  expect(new Failure(kind, "it failed").exitCode).toBe(exitCode);
});

test("what nobody foresaw is a bug of gaudio's, and asks to be reported", () => {
  const failure = asFailure(new TypeError("x is not a function"));
  expect(failure).toMatchObject({ kind: "bug", message: "unexpected: x is not a function" });
  expect(failure.hint).toContain("--debug");
});

test("a failure stays the one it is", () => {
  const failure = new Failure("key", "no key");
  expect(asFailure(failure)).toBe(failure);
});

test.each([
  ["ENOENT", "no such file or directory"],
  ["EACCES", "permission denied"],
  ["ENOSPC", "no space left on the device"],
  ["EWEIRD", "EWEIRD"],
])("the system's %s reads: %s", (code, reason) => {
  expect(systemReason(systemError(code))).toBe(reason);
});
