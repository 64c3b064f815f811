import { afterEach, beforeEach, expect } from "vitest";
import { type Emulator, startEmulator } from "../emulator/server.ts";
import { type Circumstances, type Outcome, runInMemory } from "./memory-world.ts";

/** A key that must never be seen anywhere but in the header it travels in. */
export const sentinelKey = "AQ.sentinel-key-0123456789";

/** An emulator for each test of a file, and gaudio run against it in a World made of memory. */
export interface TestService {
  emulator: Emulator;
  run: (argv: readonly string[], circumstances?: Circumstances) => Promise<Outcome>;
}

interface Habits {
  readonly leavesFiles?: boolean;
  readonly countsFaults?: boolean;
  /** The model that is asked where the arguments name none; chosen by gaudio when absent. */
  readonly model?: string;
}

/**
 * Starts an emulator before each test. After each, whatever the test did: no file is left on it, every
 * fault that was planned has struck, and no request carried the key or a fixture's name where it must not.
 */
export function useEmulator({ leavesFiles = false, countsFaults = true, model }: Habits = {}): TestService {
  const service: TestService = {
    emulator: undefined as never,
    run: (argv, circumstances = {}) =>
      runInMemory(argv, {
        fetch: (input, init) => fetch(input, init),
        ...circumstances,
        env: {
          GEMINI_API_KEY: sentinelKey,
          GOOGLE_GEMINI_BASE_URL: service.emulator.url,
          ...(model === undefined ? {} : { GAUDIO_MODEL: model }),
          ...circumstances.env,
        },
      }),
  };
  beforeEach(async () => {
    service.emulator = await startEmulator({ key: sentinelKey });
  });
  afterEach(async () => {
    const { emulator } = service;
    const left = emulator.fileNames();
    const caches = emulator.cacheNames();
    await emulator.close();
    if (!leavesFiles) expect(left).toEqual([]);
    expect(caches).toEqual([]);
    if (countsFaults) expect(emulator.faults.left).toBe(0);
    for (const { url, body, headers } of emulator.requests) {
      expect(url).not.toContain(sentinelKey);
      expect(`${url} ${body} ${JSON.stringify([...headers])}`).not.toMatch(/dialogue|interview/);
    }
  });
  return service;
}
