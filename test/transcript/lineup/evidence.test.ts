import { describe, expect, test } from "vitest";
import { disputesIn } from "../../../src/transcript/lineup/disputes.ts";
import { facesOf } from "../../../src/transcript/lineup/faces.ts";
import type { Link } from "../../../src/transcript/lineup/links.ts";
import type { Sighting } from "../../../src/transcript/lineup/sightings.ts";
import type { Voice } from "../../../src/transcript/lineup/voices.ts";
import type { Spoken } from "../../../src/transcript/transcript.ts";

function answer(): Spoken {
  return { text: "", language: null, segments: [], speakers: [], events: null, summary: null };
}

function voice(of: Spoken, label: string): Voice {
  return { answer: of, label, turns: [], spoken: 60_000 };
}

function sighting(of: Voice, start: number, lineup: number, label: string | null): Sighting {
  return {
    clip: { voice: of, start, end: start + 4_000 },
    lineup,
    isSettling: lineup > 0,
    label,
    isMixed: false,
  };
}

function link(one: Voice, other: Voice, at: number): Link {
  return { voices: [one, other], words: 8, isMost: [true, true], isStrong: true, at };
}

describe("what a voice was taken for", () => {
  const ann = voice(answer(), "A");

  test("by two clips of it is one person, told twice", () => {
    const face = facesOf([sighting(ann, 0, 0, "L1"), sighting(ann, 90_000, 0, "L1")])(ann);
    expect([...face.persons.values()]).toEqual([2]);
    expect(face).toMatchObject({ contradicted: 0, isSettled: false });
  });

  test("by a clip in which nobody is heard the second time is what it was", () => {
    const face = facesOf([sighting(ann, 0, 0, "L1"), sighting(ann, 0, 1, null)])(ann);
    expect([...face.persons.values()]).toEqual([1]);
    expect(face).toMatchObject({ contradicted: 0, isSettled: true });
  });

  test("by a clip that another voice is, too, the second time is nothing", () => {
    const ben = voice(ann.answer, "B");
    const first = [sighting(ann, 0, 0, "L1"), sighting(ben, 50_000, 0, "L2")];
    const second = [sighting(ben, 50_000, 1, "L1"), sighting(ann, 0, 1, "L1")];
    const face = facesOf([...first, ...second])(ann);
    expect(face).toMatchObject({ contradicted: 1 });
    expect([...face.persons]).toEqual([]);
  });
});

describe("in dispute", () => {
  const [long, short] = [answer(), answer()];
  const [ann, ben, both] = [voice(long, "A"), voice(long, "B"), voice(short, "X")];
  const faceOf = facesOf([sighting(ann, 0, 0, "L1"), sighting(ben, 9_000, 0, "L2")]);
  const disputed = (links: readonly Link[]) =>
    disputesIn({ voices: [ann, ben, both], links, faceOf }).flatMap(({ voices }) => voices);

  test("is a voice that says what two others say", () => {
    expect(disputed([link(ann, both, 60_000), link(ben, both, 60_000)])).toEqual([both]);
  });

  test("is none that says the same as another in two overlaps", () => {
    expect(disputed([link(ann, both, 60_000), link(both, ann, 80_000)])).toEqual([]);
  });
});
