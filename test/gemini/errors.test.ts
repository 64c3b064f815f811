import { expect, test } from "vitest";
import type { FailureKind } from "../../src/failure.ts";
import { serviceFailure } from "../../src/gemini/errors.ts";

const key = "AQ.secret";
const attempt = { operation: "asking the model", key } as const;

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
  expect(serviceFailure(thrown, attempt)).toMatchObject({ kind, retryable, hint: expect.any(String) });
});

test("the service's own words are kept, on one line", () => {
  expect(serviceFailure(refusal(503, "The model\nis overloaded."), attempt).message).toBe(
    "asking the model: The model is overloaded. (503)",
  );
});

test("a broken connection tells the reason at its bottom", () => {
  const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  expect(serviceFailure(new TypeError("fetch failed", { cause: reset }), attempt).message).toContain(
    "ECONNRESET",
  );
});

test("a 404 is about the model only where the model is asked", () => {
  expect(serviceFailure(refusal(404, "not found"), { operation: "uploading", key })).toMatchObject({
    kind: "service",
  });
});

test("an error in the middle of a stream is read behind the SDK's own words", () => {
  const { message } = refusal(429, "quota", perDay);
  const thrown = { status: 429, message: `got status: RESOURCE_EXHAUSTED. ${message}` };
  expect(serviceFailure(thrown, attempt)).toMatchObject({ kind: "limit" });
});

test("a proxy's page and an endless message are not printed whole", () => {
  expect(serviceFailure(refusal(502, "<html><body>Bad Gateway</body></html>"), attempt).message).toContain(
    "no reason",
  );
  expect(serviceFailure(refusal(500, "x".repeat(10_000)), attempt).message.length).toBeLessThan(500);
});

test("the key is in no message, even if the service repeats it", () => {
  const error = Object.assign(new Error(refusal(400, `bad key ${key}`).message), { status: 400 });
  const failure = serviceFailure(error, attempt);
  expect(failure.message).toContain("***");
  expect(`${failure.message} ${failure.stack} ${String((failure.cause as Error).stack)}`).not.toContain(key);
});

test("an answer that makes no sense is told as such, not as a broken network", () => {
  const failure = serviceFailure(new SyntaxError("Unexpected token <"), attempt);
  expect(failure).toMatchObject({ kind: "service", retryable: false });
  expect(failure.message).toContain("makes no sense");
});
