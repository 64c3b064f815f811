import { defineConfig } from "vitest/config";

/** `npm test` runs all but *.slow.test.ts; `npm run test:slow` (mode `slow`) runs those alone. */
export default defineConfig(({ mode }) => {
  const isSlow = mode === "slow";
  return {
    test: {
      root: new URL("..", import.meta.url).pathname,
      include: [isSlow ? "test/**/*.slow.test.ts" : "test/**/*.test.ts"],
      exclude: isSlow ? [] : ["test/**/*.slow.test.ts"],
      // No test replaces modules: loading all of them anew for each file would take a third of the time.
      isolate: false,
      // All processors: vitest would leave one idle, which of two is half.
      // One of the long tests only waits, for more than five minutes.
      maxWorkers: isSlow ? 3 : "100%",
      testTimeout: isSlow ? 600_000 : 30_000,
    },
  };
});
