import { expect, test } from "vitest";
import type { FailureKind } from "../../src/failure.ts";
import { serviceFailure } from "../../src/gemini/errors.ts";

function refusal(status: number, message: string, details: object[] = []) {
  return { status, message: JSON.stringify({ error: { code: status, message, status: "X", details } }) };
}

const perDay = [{ violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }] }];
const perMinute = [{ violations: [{ quotaId: "GenerateRequestsPerMinutePerProject" }] }];

test.each<readonly [string, unknown, FailureKind, boolean]>([
  ["a bad key", refusal(400, "API key not valid.", [{ reason: "API_KEY_INVALID" }]), "key", false],
  ["a rejected key type", refusal(401, "unauthorized"), "key", false],
  ["a payment due", refusal(402, "pay"), "key", false],
  ["a missing permission", refusal(403, "no"), "key", false],
  ["an unknown model", refusal(404, "models/x is not found"), "usage", false],
  ["an unsupported type", refusal(400, "Unsupported MIME type: audio/x"), "input", false],
  [
    "a prompt that is too long",
    refusal(400, "The input token count (2) exceeds the maximum number of tokens allowed (1)."),
    "limit",
    false,
  ],
  ["the quota of the day", refusal(429, "quota", perDay), "limit", false],
  ["the quota of the minute", refusal(429, "quota", perMinute), "service", true],
  ["the region", refusal(400, "User location is not supported for the API use."), "service", false],
  ["another refusal", refusal(400, "Request contains an invalid argument."), "service", false],
  ["a failing service", refusal(500, "internal"), "service", true],
  ["an overloaded service", refusal(503, "overloaded"), "service", true],
  ["a proxy's page", { status: 502, message: "<html>Bad Gateway</html>" }, "service", true],
  [
    "a broken connection",
    new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }),
    "service",
    true,
  ],
])("%s is read as it is meant", (_, thrown, kind, retryable) => {
  expect(serviceFailure(thrown, "asking")).toMatchObject({ kind, retryable, hint: expect.any(String) });
});

test("the service's own words are kept, on one line", () => {
  expect(serviceFailure(refusal(503, "The model\nis overloaded."), "asking gemini").message).toBe(
    "asking gemini: The model is overloaded. (503)",
  );
});

test("a broken connection tells the reason at its bottom", () => {
  const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  expect(serviceFailure(new TypeError("fetch failed", { cause: reset }), "asking").message).toContain(
    "ECONNRESET",
  );
});
