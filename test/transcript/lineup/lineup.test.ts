import { describe, expect, test } from "vitest";
import type { Stretch } from "../../../src/transcript/coverage.ts";
import { join } from "../../../src/transcript/join/join.ts";
import { type Clip, roomFor } from "../../../src/transcript/lineup/clips.ts";
import { lineUp } from "../../../src/transcript/lineup/lineup.ts";
import { createRandom } from "../../support/damage.ts";
import { judge } from "../../support/speaker-judge.ts";
import {
  answerAbout,
  answerTo,
  askedAgain,
  makeTalk,
  type Said,
  type TalkOptions,
  windowsOf,
} from "./talk.ts";

const hour = 3_600;

/** Which clip of which line-up. */
interface Place {
  readonly lineup: number;
  readonly index: number;
  readonly isLate: boolean;
}

interface Trial extends TalkOptions {
  readonly hasWords?: boolean;
  /** In seconds. */
  readonly window?: number;
  /** What a part's model takes a word's speaker for. */
  readonly parts?: (word: Said, part: number) => number;
  /** What a line-up's model takes a clip's speaker for. */
  readonly lineups?: (clip: Clip, speaker: number, place: Place) => number;
  /** Which clips a line-up hears nobody in. */
  readonly isLost?: (place: Place) => boolean;
  /** What was asked about again, in milliseconds. */
  readonly again?: Stretch;
  readonly most?: number;
  readonly share?: number;
  /** How much one request may carry, in seconds. */
  readonly longest?: number;
}

/** Has a talk cut, answered and lined up; counts the words under a wrong speaker. */
async function outcome({
  hasWords = true,
  window = 1_500,
  most,
  share = 0.02,
  longest = 1_500,
  again,
  ...trial
}: Trial) {
  const random = createRandom(trial.seed);
  const said = makeTalk(trial);
  const mishear = trial.parts;
  const cutting = { length: window * 1_000, overlap: 15_000, hasWords, ...(mishear && { mishear }) };
  const cut = windowsOf(said, random, cutting);
  const windows =
    again === undefined ? cut : askedAgain(cut, again, (part) => answerAbout(said, random, part));
  const asked: (readonly Clip[])[] = [];
  const answer = await lineUp(
    { windows, budget: trial.seconds * 1_000 * share, longest: longest * 1_000, most: most ?? null },
    async (clips) => {
      asked.push(clips);
      const heard = (clip: Clip, speaker: number) => {
        const index = clips.indexOf(clip);
        const place = { lineup: asked.length - 1, index, isLate: index >= clips.length / 2 };
        return trial.isLost?.(place) === true ? null : (trial.lineups?.(clip, speaker, place) ?? speaker);
      };
      return answerTo(clips, said, random, { hasWords, mishear: heard });
    },
  );
  const lined = join(windows, { hasSpeakers: true, people: answer.people });
  const milliseconds = asked.reduce((all, clips) => all + roomFor(clips), 0);
  const judged = ({ spoken }: typeof lined) =>
    judge(
      spoken.segments.map(({ isUncertain = false, ...segment }) => ({ ...segment, isUncertain })),
      said,
    );
  return {
    lined: judged(lined),
    voted: judged(join(windows, { hasSpeakers: true })),
    speakers: lined.spoken.speakers.length,
    truth: new Set(said.map(({ speaker }) => speaker)).size,
    warnings: lined.warnings,
    asked,
    lacksRoom: answer.lacksRoom,
    why: answer.why,
    requests: asked.length,
    share: milliseconds / 1_000 / trial.seconds,
  };
}

/** One who is silent for an hour, and one who says little, and only at one time. */
const absences = (speakers: number): NonNullable<TalkOptions["only"]> =>
  new Map([
    [
      1,
      [
        [0, 600],
        [hour + 700, 2 * hour],
      ] as const,
    ],
    ...(speakers > 2 ? [[speakers - 1, [[4_000, 4_060]] as const] as const] : []),
  ]);

/** For how much of what many say there is one clip alone: that is right, but nobody can be certain of it. */
const onceTold = (speakers: number) => ({ 2: 0, 3: 0, 5: 0.12 })[speakers] ?? 0.6;

describe.each([
  { hasWords: true, window: 1_500 },
  { hasWords: false, window: 1_200 },
])("two hours, words with times $hasWords", (way) => {
  test.each([2, 3, 5, 8].flatMap((speakers) => [1, 2].map((seed) => ({ speakers, seed }))))(
    "$speakers speakers, seed $seed: one label a person, for two percent more",
    async ({ speakers, seed }) => {
      const options = { seconds: 2 * hour, speakers, seed, overlap: 0.2, only: absences(speakers) };
      const { lined, ...rest } = await outcome({ ...options, ...way });
      expect(lined.wrong).toBe(0);
      expect(lined.uncertain / lined.words).toBeLessThanOrEqual(onceTold(speakers));
      expect(rest.speakers).toBe(rest.truth);
      expect(rest.lacksRoom).toBe(lined.uncertain / lined.words > 0.01);
      expect(rest.share).toBeLessThanOrEqual(0.02);
    },
  );

  test.each([2, 3, 5, 8])(
    "%i speakers, for four percent: all is certain that can be told twice",
    async (speakers) => {
      const options = { seconds: 2 * hour, speakers, seed: 1, overlap: 0.2, only: absences(speakers) };
      const { lined, share, lacksRoom } = await outcome({ ...options, ...way, share: 0.04 });
      expect({ wrong: lined.wrong, lacksRoom }).toEqual({ wrong: 0, lacksRoom: false });
      expect(lined.uncertain / lined.words).toBeLessThanOrEqual(0.01);
      expect(share).toBeLessThanOrEqual(0.04);
    },
  );
});

/** The same for each seed and each way, with some fault. */
const trials = [2, 3, 5, 8].flatMap((speakers) =>
  [1, 2].map(
    (seed): Trial => ({ seconds: 2 * hour, speakers, seed, overlap: 0.2, hasWords: seed % 2 === 0 }),
  ),
);

interface Mistake extends Pick<Trial, "parts" | "lineups"> {
  readonly fault: string;
}

describe.each<Mistake>([
  {
    fault: "two voices are one in a part",
    parts: ({ speaker }, part) => (part === 1 && speaker === 1 ? 0 : speaker),
  },
  {
    fault: "labels are swapped in the middle of a part",
    parts: ({ speaker, start }, part) =>
      part === 2 && start > 3_600_000 && speaker < 2 ? 1 - speaker : speaker,
  },
  {
    fault: "a line-up takes one voice for another",
    lineups: (clip, speaker, { lineup }) =>
      lineup === 0 && clip.start > 1_800_000 && clip.start < 3_000_000 ? (speaker + 1) % 2 : speaker,
  },
  {
    fault: "a line-up takes a clip for another's",
    lineups: (clip, speaker, { lineup }) =>
      lineup === 0 && clip.start < 200_000 ? 1 - Math.min(1, speaker) : speaker,
  },
  {
    fault: "line-ups take two for each other half way",
    lineups: (_, speaker, { isLate }) => (isLate && speaker < 2 ? 1 - speaker : speaker),
  },
  {
    fault: "line-ups take one for somebody new half way",
    lineups: (_, speaker, { isLate }) => (isLate && speaker === 0 ? 9 : speaker),
  },
  { fault: "line-ups take two for one", lineups: (_, speaker) => (speaker === 1 ? 0 : speaker) },
])("$fault", (fault) => {
  test.each(trials)("$speakers speakers, seed $seed: right, or not certain", async (trial) => {
    const { lined, voted } = await outcome({ ...trial, ...fault });
    expect(lined.unseen).toBe(0);
    expect(lined.wrong).toBeLessThanOrEqual(voted.wrong);
    // What one part mixes up leaves the others alone, and of several people some are never taken for others.
    const most = fault.parts !== undefined ? 0.55 : 0.8;
    if (fault.parts !== undefined || trial.speakers > 2)
      expect(lined.uncertain).toBeLessThanOrEqual(lined.words * most);
  });
});

test.each([2, 3, 5])(
  "%i speakers: whichever clip is taken for another's, what is wrong is not certain",
  async (speakers) => {
    const options = { seconds: hour, speakers, seed: 4, overlap: 0.2 };
    const { asked } = await outcome(options);
    const clips = asked[0]?.length ?? 0;
    expect(clips).toBeGreaterThan(speakers);
    for (let wrong = 0; wrong < clips; wrong += 1) {
      const lineups = (_: Clip, speaker: number, { lineup, index }: Place) =>
        lineup === 0 && index === wrong ? (speaker + 1) % speakers : speaker;
      const { lined, voted } = await outcome({ ...options, lineups });
      expect({ wrong, unseen: lined.unseen }).toEqual({ wrong, unseen: 0 });
      expect(lined.uncertain).toBeLessThanOrEqual(lined.words * 0.7);
      expect(lined.wrong).toBeLessThanOrEqual(voted.wrong);
    }
  },
);

const calm = { seconds: 2 * hour, speakers: 3, seed: 6 };

test("what does not fit into one request is asked in several, which know the people of the others again", async () => {
  const { lined, speakers, requests, share } = await outcome({ ...calm, longest: 60 });
  expect(lined).toMatchObject({ wrong: 0, uncertain: 0 });
  expect(share).toBeLessThanOrEqual(0.02);
  expect(speakers).toBe(3);
  expect(requests).toBeGreaterThan(1);
});

test("who says too little for a clip is not certain", async () => {
  // A word or two at a time, and all of it far from the joints.
  const only = new Map([[2, [2_000, 2_060, 2_400].map((at) => [at, at + 1.5] as const)]]);
  const { lined, warnings } = await outcome({ ...calm, seed: 9, only });
  expect(lined.uncertain).toBeGreaterThan(0);
  expect(lined.uncertain).toBeLessThan(8);
  expect(warnings).toEqual([expect.stringMatching(/^it is not certain who speaks from 00:\d\d:\d\d to/)]);
});

test("there are no more people than is known, though a line-up takes one for two", async () => {
  // Nobody says the same in an overlap.
  const only = new Map([[0, [[0, 1_000] as const, [5_900, 7_000] as const]]]);
  const lineups = (clip: Clip, speaker: number) => (speaker === 0 && clip.start > 5_000_000 ? 7 : speaker);
  const torn = await outcome({ ...calm, only, lineups });
  expect(torn.speakers).toBe(4);
  const { lined, speakers } = await outcome({ ...calm, only, lineups, most: 3 });
  expect({ speakers, wrong: lined.wrong }).toEqual({ speakers: 3, wrong: 0 });
  expect(lined.uncertain).toBeGreaterThan(0);
});

test("answers that make up hundreds of labels are not lined up, and it is told why", async () => {
  const parts = ({ start }: Said) => Math.floor(start / 12_000);
  const { requests, why } = await outcome({ ...calm, window: 100, parts });
  expect({ requests, why }).toEqual({ requests: 0, why: "778 voices are too many to compare" });
});

test("where nobody is heard alone for long enough, nobody is asked, and it is told why", async () => {
  // A word at a time.
  const moments = Array.from({ length: 300 }, (_, index) => [index * 20, index * 20 + 0.3] as const);
  const only = new Map([0, 1, 2].map((speaker) => [speaker, moments]));
  const { requests, why } = await outcome({ ...calm, only });
  expect({ requests, why }).toEqual({ requests: 0, why: "no voice is heard alone for long enough" });
});

test.each([0, 1, 2, 3, 4, 5, 6])(
  "where the line-up that is to settle clip %i breaks off, that is no worse than none",
  async (wrong) => {
    const lineups = (_: Clip, speaker: number, { lineup, index }: Place) =>
      lineup === 0 && index === wrong ? (speaker + 1) % 3 : speaker;
    const lostFrom = (first: number) =>
      outcome({ ...calm, lineups, isLost: ({ lineup, index }) => lineup === 1 && index >= first });
    const [none, broken] = [await lostFrom(0), await lostFrom(2)];
    expect(none.requests).toBe(2);
    expect(broken.lined).toMatchObject({ wrong: none.lined.wrong, unseen: 0 });
    expect(broken.lined.uncertain).toBeLessThanOrEqual(none.lined.uncertain);
  },
);

test.each([2_050, 2_400, 2_750])("what was asked about again at second %i is known again", async (second) => {
  const again = { start: second * 1_000, end: second * 1_000 + 30_000 };
  const { lined, share } = await outcome({ ...calm, again });
  expect(lined.wrong).toBe(0);
  expect(lined.uncertain).toBeLessThan(lined.words / 20);
  expect(share).toBeLessThanOrEqual(0.02);
});

test("where little may be asked, what is not heard is not certain", async () => {
  const { lined, voted, share } = await outcome({ ...calm, speakers: 8, share: 0.004 });
  expect(share).toBeLessThanOrEqual(0.004);
  expect(lined.unseen).toBe(0);
  expect(lined.wrong).toBeLessThanOrEqual(voted.wrong);
});

describe("nobody knows more than the overlaps tell", () => {
  const said = makeTalk({ seconds: 1_200, speakers: 2, seed: 3 });
  const lineup = { budget: 60_000, longest: 60_000, most: null };

  test("where nobody answers", async () => {
    const cutting = { length: 500_000, overlap: 15_000, hasWords: true };
    const windows = windowsOf(said, createRandom(3), cutting);
    const unasked = { people: null, why: null };
    expect(await lineUp({ ...lineup, windows }, async () => null)).toMatchObject(unasked);
    const nobody = async () => ({ segments: [] });
    expect(await lineUp({ ...lineup, windows }, nobody)).toMatchObject(unasked);
  });

  test("and nobody is asked where there is one answer", async () => {
    const cutting = { length: 1_300_000, overlap: 15_000, hasWords: true };
    const windows = windowsOf(said, createRandom(3), cutting);
    const ask = () => Promise.reject(new Error("nothing is to be asked"));
    expect(await lineUp({ ...lineup, windows }, ask)).toMatchObject({ people: null, why: null });
  });
});
