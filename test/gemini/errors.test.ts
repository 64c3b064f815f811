import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { FailureKind } from "../../src/failure.ts";
import { serviceFailure } from "../../src/gemini/errors.ts";
import { retryAfterMs } from "../../src/gemini/retry-after.ts";

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

test("a key across the end of an endless message is not printed in half", () => {
  const { message } = serviceFailure(refusal(500, `${"x".repeat(396)}${key}`), attempt);
  expect(message).not.toContain("AQ.");
});

test("the hint of an unknown model names the known one that is nearest", () => {
  const hintOf = (name: string) =>
    serviceFailure(refusal(404, `models/${name} is not found for API version v1beta.`), attempt).hint;
  expect(hintOf("gemini-3.8-flsh")).toMatch(/did you mean gemini-3\.8-flash\?$/);
  expect(hintOf("gemini-2.5-flashlite")).toMatch(/did you mean gemini-2\.5-flash-lite\?$/);
  expect(hintOf("gemini-2.5-pro")).not.toContain("did you mean");
});

test.each([
  [501, false],
  [504, true],
  [408, true],
  [413, false],
])("a status %d may pass by itself: %s", (status, retryable) => {
  expect(serviceFailure(refusal(status, "no"), attempt)).toMatchObject({ retryable });
});

describe("errors of the Interactions API", () => {
  function interactionError(status: number | undefined, code: string, message = "it said so") {
    const error = { error: { code, message } };
    return Object.assign(new Error(`${status} ${JSON.stringify(error)}`), { status, error });
  }

  test.each<readonly [number, string, FailureKind, boolean]>([
    [400, "invalid_request", "service", false],
    [401, "authentication", "key", false],
    [402, "payment_required", "key", false],
    [403, "permission_denied", "key", false],
    [404, "not_found", "usage", false],
    [404, "model_not_found", "usage", false],
    [429, "rate_limit_exceeded", "service", true],
    [429, "quota_exceeded", "service", true],
    [429, "too_many_requests", "service", true],
    [500, "api_error", "service", true],
    [503, "service_unavailable", "service", true],
    [504, "deadline_exceeded", "service", true],
    [400, "safety", "blocked", false],
    [400, "recitation", "blocked", false],
    [400, "language", "blocked", false],
    [400, "prohibited_content", "blocked", false],
    [400, "spii", "blocked", false],
    [400, "blocklist", "blocked", false],
    [400, "content_blocked", "blocked", false],
  ])(
    "%d %s is read as it is meant, thrown, as text and as an event of a stream",
    (status, code, kind, retryable) => {
      const wanted = {
        kind,
        retryable,
        hint: expect.any(String),
        message: expect.stringMatching(/^asking the model: it said so \(/),
      };
      const thrown = interactionError(status, code);
      expect(serviceFailure(thrown, attempt)).toMatchObject(wanted);
      expect(serviceFailure({ status, message: JSON.stringify(thrown.error) }, attempt)).toMatchObject(
        wanted,
      );
      expect(serviceFailure(thrown.error, attempt)).toMatchObject(wanted);
    },
  );

  test("the message ends with the status, or with the code where there is no status", () => {
    expect(serviceFailure(interactionError(503, "service_unavailable"), attempt).message).toMatch(/\(503\)$/);
    expect(serviceFailure({ error: { code: "new_code", message: "hm" } }, attempt).message).toBe(
      "asking the model: hm (new_code)",
    );
  });

  test.each<readonly [number, string, string, FailureKind]>([
    [400, "invalid_request", "API key not valid. Please pass a valid API key.", "key"],
    [400, "invalid_request", "User location is not supported for the API use.", "service"],
    [400, "invalid_request", "Unsupported MIME type: audio/x", "input"],
    [400, "invalid_request", "The input token count exceeds the maximum number of tokens allowed", "limit"],
    [429, "quota_exceeded", "You used up the requests per day of this model.", "limit"],
  ])("%d %s is read by its words: %s", (status, code, message, kind) => {
    expect(serviceFailure(interactionError(status, code, message), attempt)).toMatchObject({
      kind,
      retryable: false,
    });
  });

  test("the key is in none of it", () => {
    expectNoKey(interactionError(401, "authentication", `bad key ${key}`));
    expectNoKey(interactionError(404, "model_not_found", `models/${key} is not found`));
    expectNoKey(interactionError(undefined, key));
  });
});

describe("a broken connection", () => {
  function broken(code: string, message = `something ${code}`) {
    return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
  }

  test.each<readonly [string, boolean, RegExp]>([
    ["ECONNREFUSED", true, /nothing listens there.*HTTPS_PROXY/],
    ["ENOTFOUND", true, /names in HTTPS_PROXY/],
    ["EAI_AGAIN", true, /name server/],
    ["ECONNRESET", true, /check the network/],
    ["ETIMEDOUT", true, /HTTPS_PROXY/],
    ["UND_ERR_CONNECT_TIMEOUT", true, /HTTPS_PROXY/],
    ["CERT_HAS_EXPIRED", false, /^check the clock.*NODE_EXTRA_CA_CERTS/],
    ["CERT_NOT_YET_VALID", false, /^check the clock.*NODE_EXTRA_CA_CERTS/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", false, /NODE_EXTRA_CA_CERTS.*clock/],
    ["SELF_SIGNED_CERT_IN_CHAIN", false, /NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", false, /NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", false, /NODE_EXTRA_CA_CERTS/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", false, /NODE_EXTRA_CA_CERTS/],
  ])("by %s may pass by itself: %s", (code, retryable, hint) => {
    expect(serviceFailure(broken(code), attempt)).toMatchObject({
      kind: "service",
      retryable,
      hint: expect.stringMatching(hint),
      message: `asking the model: something ${code}`,
    });
  });

  test.each([
    [407, false, /HTTPS_PROXY.*user:password/],
    [403, false, /HTTPS_PROXY/],
    [502, true, /HTTPS_PROXY/],
  ])("by a proxy that answers %d may pass by itself: %s", (status, retryable, hint) => {
    const refused = Object.assign(new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`), {
      code: "UND_ERR_ABORTED",
    });
    const cause = new DOMException("Request was cancelled.", { name: "AbortError", cause: refused });
    for (const thrown of [refused, new TypeError("fetch failed", { cause })]) {
      expect(serviceFailure(thrown, attempt)).toMatchObject({
        kind: "service",
        retryable,
        hint: expect.stringMatching(hint),
        message: `asking the model: the proxy refused the connection (${status})`,
      });
    }
  });

  test("of a name of several addresses tells of the first", () => {
    const first = Object.assign(new Error("connect ECONNREFUSED ::1:9"), { code: "ECONNREFUSED" });
    const cause = Object.assign(new AggregateError([first, new Error("other")]), { code: "ECONNREFUSED" });
    expect(serviceFailure(new TypeError("fetch failed", { cause }), attempt).message).toBe(
      "asking the model: connect ECONNREFUSED ::1:9",
    );
  });

  test("is not to blame for an argument that makes no sense", () => {
    const thrown = Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" });
    expect(serviceFailure(thrown, attempt)).toMatchObject({ retryable: false });
  });

  test("has the key in none of it", () => {
    expectNoKey(broken("ECONNRESET", `while sending ${key}`));
    expectNoKey(broken("CERT_HAS_EXPIRED", `for ${key}`));
  });
});

function expectNoKey(thrown: Error) {
  const { message, hint, stack, cause } = serviceFailure(thrown, attempt);
  expect(cause).toBeInstanceOf(Error);
  const shown = cause instanceof Error ? `${cause.message} ${cause.stack} ${inspect(cause)}` : "";
  expect(`${message} ${hint} ${stack} ${shown}`).not.toContain(key);
}

describe("how long the service asks to wait", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  const retryInfo = (retryDelay: string) =>
    refusal(429, "quota", [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay }]);
  const { message: asText } = retryInfo("58s");

  test.each<readonly [string, unknown, number | null]>([
    ["seconds in Headers", { headers: new Headers({ "Retry-After": "7" }) }, 7_000],
    ["seconds in a record", { headers: { "Retry-After": "7" } }, 7_000],
    ["a date", { headers: { "retry-after": "Fri, 20 Nov 2026 12:00:30 GMT" } }, 30_000],
    ["a date that is past", { headers: { "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT" } }, 0],
    ["RetryInfo", retryInfo("58s"), 58_000],
    ["RetryInfo in parts of a second", retryInfo("1.5s"), 1_500],
    ["RetryInfo in a stream", { message: `got status: RESOURCE_EXHAUSTED. ${asText} ` }, 58_000],
    ["RetryInfo in an object", { status: 429, error: JSON.parse(asText) }, 58_000],
    ["the longer of the two", { ...retryInfo("58s"), headers: { "retry-after": "7" } }, 58_000],
    ["a negative time", retryInfo("-5s"), 0],
    ["a negative header", { headers: { "retry-after": "-5" } }, 0],
    ["an absurd time", retryInfo("99999999999999999999s"), 3_600_000],
    ["an absurd header", { headers: { "retry-after": "86400" } }, 3_600_000],
    ["a delay that makes no sense", retryInfo("soon"), null],
    ["a header that makes no sense", { headers: { "retry-after": "5 apples" } }, null],
    ["nothing", refusal(503, "overloaded"), null],
    ["no body", new TypeError("terminated"), null],
    ["no object", "nothing", null],
  ])("is read from %s", (_, thrown, wanted) => {
    expect(retryAfterMs(thrown, now)).toBe(wanted);
  });
});
