import { describe, expect, test } from "vitest";
import { once } from "../../src/once.ts";
import type { Fault } from "../emulator/faults.ts";
import type { When } from "../emulator/strikes.ts";
import { useEmulator } from "../support/service.ts";
import { judge } from "../support/speaker-judge.ts";
import { toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const seconds = 3_600;
const talkOf = (speakers: number) =>
  once(() => toneWav({ seconds, speakers, seed: 60 + speakers, overlap: 0.2 }));

const env = { XDG_STATE_HOME: "/state" };

interface Document {
  readonly segments: readonly {
    readonly text: string;
    readonly speaker: string;
    readonly uncertain?: true;
  }[];
  readonly warnings: readonly string[];
}

/** Parts in which the service takes voices for others, and line-ups in which it does. */
const faults: Readonly<Record<string, { readonly fault: Fault; readonly when: When }>> = {
  "two voices are one in a part": {
    fault: { kind: "merge", seed: 1 },
    when: { lineUp: false, drawn: { share: 0.5, seed: 3 } },
  },
  "a voice is two in a part": {
    fault: { kind: "split", seed: 1 },
    when: { lineUp: false, drawn: { share: 0.5, seed: 3 } },
  },
  "two voices are swapped in the middle of a part": {
    fault: { kind: "swap", seed: 1 },
    when: { lineUp: false, drawn: { share: 0.5, seed: 3 } },
  },
  "line-ups take two voices for one": { fault: { kind: "merge", seed: 1 }, when: { lineUp: true } },
  "line-ups take a voice for another half way": { fault: { kind: "split", seed: 1 }, when: { lineUp: true } },
  "line-ups swap two voices half way": { fault: { kind: "swap", seed: 1 }, when: { lineUp: true } },
  "line-ups take a third of the clips for another's": {
    fault: { kind: "mislabel", share: 0.3, seed: 1, shorterThan: 20 },
    when: { lineUp: true },
  },
};

const talkOfThree = talkOf(3);
const ways = [
  { speakers: 2, model: transcriptionModel, talk: talkOf(2) },
  { speakers: 3, model: generalModel, talk: talkOfThree },
  { speakers: 3, model: transcriptionModel, talk: talkOfThree },
  { speakers: 5, model: transcriptionModel, talk: talkOf(5) },
];

interface Trial {
  readonly fault: Fault;
  readonly when: When;
  readonly model: string;
  readonly talk: ReturnType<typeof talkOf>;
}

/** How many words are wrong where the service makes a mistake, with line-ups and without. */
async function outcome({ fault, when, model, talk }: Trial) {
  const { bytes, words } = talk();
  service.emulator.faults.add("generate", fault, { times: "always", when });
  const argv = ["transcribe", "talk.wav", "-m", model, "--diarize", "-f", "json"];
  const lined = await service.run(argv, { files: { "talk.wav": bytes }, env });
  expect(lined.exitCode, lined.stderr).toBe(0);
  // The parts are not asked about again: these are the same answers.
  const alone = await service.run([...argv, "--no-lineup"], {
    files: Object.fromEntries(lined.files.entries),
    env,
    processId: 2_000,
  });
  const judged = ({ segments }: Document) =>
    judge(
      segments.map(({ uncertain = false, ...segment }) => ({ ...segment, isUncertain: uncertain })),
      words,
    );
  const document: Document = JSON.parse(lined.stdout);
  return {
    own: judged(document),
    voted: judged(JSON.parse(alone.stdout)),
    warnings: document.warnings.join(),
  };
}

describe.each(Object.entries(faults))("%s", (_, mistake) => {
  test.each(ways)("$speakers speakers by $model: right, or not certain, with the times", async (way) => {
    const { own, voted, warnings } = await outcome({ ...mistake, ...way });
    expect(own.unseen).toBe(0);
    expect(own.wrong).toBeLessThanOrEqual(voted.wrong);
    if (own.uncertain > 0) expect(warnings).toMatch(/not certain who speaks from \d\d:\d\d:\d\d/);
  });
});

test.each(ways)(
  "$speakers speakers by $model, a third of the short turns mislabelled: these words alone are wrong",
  async (way) => {
    const fault = { kind: "mislabel", share: 0.3, seed: 1, shorterThan: 3 } as const;
    const { own, voted } = await outcome({ ...way, fault, when: { lineUp: false } });
    // What one part gives to somebody else, nobody else has heard.
    expect(own.wrong).toBeLessThan(own.words / 100);
    expect(own.wrong).toBeLessThanOrEqual(voted.wrong);
  },
);
