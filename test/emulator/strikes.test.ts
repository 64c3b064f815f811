import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { toneWav } from "../support/tone.ts";
import { apis } from "./both-apis.ts";
import { post } from "./client.ts";
import { FaultPlan, type Strikes } from "./fault-plan.ts";
import type { Fault } from "./faults.ts";
import type { Heard } from "./hearing/hear.ts";
import { base64, recordings } from "./recordings.ts";

/** Faults that wait for certain audio, and faults that stay. */
const service = useEmulator();
const block: Fault = { kind: "block", reason: "SAFETY" };

function heardAs(digest: string, { seconds = 60, words = [] as string[] } = {}): readonly Heard[] {
  const said = words.map((text, start) => ({ text, start, end: start + 1, voice: "voice 0" }));
  return [{ digest, seconds, words: said, utterances: [], kind: "tones", pictures: 0 }];
}

function planOf(strikes: Strikes): FaultPlan {
  const plan = new FaultPlan();
  plan.add("generate", block, strikes);
  return plan;
}

test("a fault waits for audio that is longer", () => {
  const plan = planOf({ when: { longerThan: 60 } });
  expect(plan.take("generate")).toBeNull();
  expect(plan.takeHeard("generate", heardAs("a"))).toBeNull();
  expect(plan.takeHeard("interactions", heardAs("a", { seconds: 61 }))).toBeNull();
  expect([plan.left, plan.takeHeard("generate", heardAs("a", { seconds: 61 })), plan.left]).toEqual([
    1,
    block,
    0,
  ]);
});

test("a fault waits for audio that is shorter", () => {
  const plan = planOf({ when: { shorterThan: 60 } });
  expect(plan.takeHeard("generate", heardAs("a"))).toBeNull();
  expect(plan.takeHeard("generate", heardAs("a", { seconds: 59 }))).toEqual(block);
});

test("a fault waits for audio in which certain words are heard, whole", () => {
  const plan = planOf({ times: "always", when: { says: [12, 14] } });
  const strikes = (words: string[]) => plan.takeHeard("generate", heardAs("a", { words })) !== null;
  expect(strikes(["w00011", "frag5", "w00015", "12"])).toBe(false);
  expect([plan.left, strikes(["w00011", "w00012"]), strikes(["w00014"]), plan.left]).toEqual([
    1,
    true,
    true,
    0,
  ]);
});

test("a fault is drawn for a share of all audio, by its seed, and not by who comes first", () => {
  const names = Array.from({ length: 400 }, (_, index) => `audio ${index}`);
  const struckIn = (seed: number, order: readonly string[]) => {
    const plan = planOf({ times: "always", when: { drawn: { share: 0.25, seed } } });
    return order.filter((name) => plan.takeHeard("generate", heardAs(name)) !== null);
  };
  const struck = struckIn(1, names);
  expect(struck.length).toBeGreaterThan(70);
  expect(struck.length).toBeLessThan(130);
  expect(struckIn(1, names.toReversed()).toReversed()).toEqual(struck);
  expect(struckIn(2, names)).not.toEqual(struck);
});

test("what is drawn is struck as often as is said, each by itself, and need not be", () => {
  const plan = planOf({ times: "always", when: { drawn: { share: 1, seed: 1, most: 2 } } });
  const strikes = (name: string) => plan.takeHeard("generate", heardAs(name)) !== null;
  expect(plan.left).toBe(0);
  expect(["a", "b", "a", "a", "b", "b"].map(strikes)).toEqual([true, true, true, false, true, false]);
});

test("a fault that stays is left until it struck", () => {
  const plan = planOf({ times: "always" });
  expect(plan.left).toBe(1);
  expect([plan.take("generate"), plan.take("generate"), plan.left]).toEqual([block, block, 0]);
});

test("no fault waits for audio where none is", () => {
  expect(() => new FaultPlan().add("files.get", block, { when: { longerThan: 1 } })).toThrow("files.get");
});

const part = toneWav({ seconds: 10, speakers: 3, seed: 7 });

/** The status of an answer by either API, and whether something is said in it. */
async function outcomeOf(api: (typeof apis)[number], bytes: Uint8Array) {
  const data = base64(bytes);
  const [route, body] =
    api === "generate"
      ? ["/v1beta/models/gemini-3.5-transcribe:generateContent", { contents: [{ parts: [inlined(data)] }] }]
      : ["/v1beta/interactions", { model: "gemini-3.5-transcribe", store: false, input: [audioOf(data)] }];
  const { status, json } = await post(service, route, body);
  return { status, isSaid: JSON.stringify(json).includes("w00001") };
}

const inlined = (data: string) => ({ inlineData: { data, mimeType: "audio/wav" } });
const audioOf = (data: string) => ({ type: "audio", data, mime_type: "audio/wav" });

test.each(apis)("by %s: whatever holds the words is blocked, and what does not is not", async (api) => {
  const { bytes, words } = recordings.tones;
  const last = words.length - 1;
  service.emulator.faults.add(api, block, { times: "always", when: { says: [last, last] } });
  for (const _ of [1, 2]) expect((await outcomeOf(api, bytes)).isSaid).toBe(false);
  expect(await outcomeOf(api, part.bytes)).toEqual({ status: 200, isSaid: true });
});

test.each(apis)("by %s: a fault that answers instead of the model waits for audio too", async (api) => {
  const body = '{"error":{"code":500,"status":"INTERNAL","message":"An internal error."}}';
  service.emulator.faults.add(api, { kind: "status", status: 500, body }, { when: { longerThan: 20 } });
  expect((await outcomeOf(api, part.bytes)).status).toBe(200);
  expect((await outcomeOf(api, recordings.tones.bytes)).status).toBe(500);
  expect(await outcomeOf(api, recordings.tones.bytes)).toEqual({ status: 200, isSaid: true });
  expect(service.emulator.questions.map(({ outcome }) => outcome)).toEqual([
    "answered",
    "refused",
    "answered",
  ]);
});
