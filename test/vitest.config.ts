import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Of the slow tests, those that take minutes: begun last, one of them would keep all others waiting for it. */
const longest = ["long.slow", "fuzz.slow", "silence.slow", "long-faults.slow", "lineup-faults.slow"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((name) => moduleId.includes(name));
      return index < 0 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

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
      ...(isSlow && { sequence: { sequencer: LongestFirst } }),
      testTimeout: isSlow ? 600_000 : 30_000,
    },
  };
});
