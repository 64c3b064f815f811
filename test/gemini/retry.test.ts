import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { Patience, retry } from "../../src/gemini/retry.ts";

const passing = new Failure("service", "overloaded", { retryable: true });
const final = new Failure("key", "refused");

/** A clock that only sleeping moves, and what was slept. */
function clock(random = "ffffffff") {
  let now = 1_000_000;
  const slept: number[] = [];
  const lines: string[] = [];
  const world = {
    now: () => now,
    sleep: async (milliseconds: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      slept.push(Math.round(milliseconds));
      now += milliseconds;
    },
    randomHex: () => random,
    signal: new AbortController().signal,
  };
  const patience = (retries: number) => new Patience(world, { retries, onWait: (line) => lines.push(line) });
  return { patience, slept, lines };
}

/** Fails so many times, then answers. */
function failing(times: number, failure = passing): () => Promise<string> {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw failure;
    return "done";
  };
}

describe("what fails in passing is tried again", () => {
  test("after waits that double, up to half a minute", async () => {
    const { patience, slept, lines } = clock();
    expect(await retry(patience(8), failing(7))).toBe("done");
    expect(slept).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(lines[0]).toBe("overloaded; again in 1.0 s");
  });

  test("at a random moment of each wait", async () => {
    const { patience, slept } = clock("40000000");
    await retry(patience(3), failing(2));
    expect(slept).toEqual([250, 500]);
  });

  test("as often as was asked for, and the last failure says how often", async () => {
    await expect(retry(clock().patience(2), failing(9))).rejects.toMatchObject({
      message: "overloaded; tried 3 times",
      kind: "service",
    });
    await expect(retry(clock().patience(0), failing(9))).rejects.toBe(passing);
  });

  test("never when it will fail again", async () => {
    const { patience, slept } = clock();
    await expect(retry(patience(5), failing(1, final))).rejects.toBe(final);
    expect(slept).toEqual([]);
  });
});

test("a rest that the service asks for holds for every request, not for one", async () => {
  const { patience, slept } = clock();
  const shared = patience(5);
  shared.rest(58_000);
  shared.rest(10_000);
  expect(await retry(shared, failing(0))).toBe("done");
  expect(slept).toEqual([58_000]);
  expect(await retry(shared, failing(0))).toBe("done");
  expect(slept).toEqual([58_000]);
});
