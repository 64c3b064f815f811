import type { People } from "../join/speakers.ts";
import type { Spoken } from "../transcript.ts";
import { confusedIn, disputedIn } from "./disputes.ts";
import type { Evidence } from "./evidence.ts";
import { personIn } from "./faces.ts";
import { type Assigned, fitted } from "./fit.ts";
import { fewestWords, otherOf, strongNeighbours } from "./links.ts";
import type { Voice } from "./voices.ts";
import { contradictedShare, vouching } from "./vouching.ts";

/**
 * Tells who each voice is: the person its clips were taken for, or, of a voice that was not lined up, who says the
 * same in an overlap. What stays in dispute, or of which nothing is known, is given to whom most speaks for, all
 * things considered, and uncertain. There are no more people than `most`, if somebody knows that.
 */
export function peopleOf(evidence: Evidence, most: number | null): People {
  const { voices } = evidence;
  const known = certain(evidence);
  const assigned = new Map(known);
  for (const [index, voice] of voices.entries())
    if (!assigned.has(voice)) assigned.set(voice, likelyFor(voice, assigned, evidence)[0] ?? `new ${index}`);
  const bounded = most === null ? assigned : within(most, assigned, evidence);
  const people = refitted(bounded, evidence);
  const isVouchedFor = vouching(people, evidence);
  const isCertain = (voice: Voice) => known.get(voice) === people.get(voice) && isVouchedFor(voice);
  const answers = [...new Set(voices.map(({ answer }) => answer))];
  const ofAnswer = (answer: Spoken) => voices.filter((voice) => voice.answer === answer);
  const labelsOf = (some: readonly Voice[]) => some.map(({ label }) => label);
  return {
    labels: new Map(
      answers.map((answer) => [
        answer,
        new Map(ofAnswer(answer).map((voice) => [voice.label, people.get(voice) ?? ""])),
      ]),
    ),
    uncertain: new Map(
      answers.map((answer) => [
        answer,
        new Set(labelsOf(ofAnswer(answer).filter((voice) => !isCertain(voice)))),
      ]),
    ),
  };
}

/** Who a voice is; null where that is not certain. */
export function certainly({ answer, label }: Voice, { labels, uncertain }: People): string | null {
  return uncertain.get(answer)?.has(label) === true ? null : (labels.get(answer)?.get(label) ?? null);
}

/** Those that nothing speaks against. */
function certain({ voices, links, faceOf }: Evidence): Assigned {
  const disputed = disputedIn({ voices, links, faceOf });
  const known = new Map<Voice, string>();
  for (const voice of voices) {
    const person = personIn(faceOf(voice));
    if (person !== null && !disputed.has(voice)) known.set(voice, person);
  }
  const unseen = voices.filter((voice) => faceOf(voice).persons.size === 0 && !disputed.has(voice));
  // Who is known by a neighbour makes the next one known.
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const voice of unseen) {
      const [person, ...others] = new Set(
        strongNeighbours(voice, links).flatMap((one) => known.get(one) ?? []),
      );
      if (person !== undefined && others.length === 0 && !isTaken(person, voice, known))
        known.set(voice, person);
    }
  }
  return known;
}

/**
 * Of line-ups of which so much is contradicted, or that take several people for one, overlaps are believed rather than
 * clips.
 */
const untrusted = { share: 0.17, trust: 0.1 } as const;

function refitted(assigned: Assigned, evidence: Evidence): Assigned {
  const confused = confusedIn(evidence.voices, evidence.faceOf);
  const people = fitted(assigned, evidence, (person) => (confused.has(person) ? untrusted.trust : 1));
  if (contradictedShare(people, evidence) <= untrusted.share) return people;
  return fitted(people, evidence, () => untrusted.trust);
}

/** Whether another voice of the same answer is that person: one label is not two people. */
function isTaken(person: string, voice: Voice, assigned: Assigned): boolean {
  return [...assigned].some(
    ([other, who]) => who === person && other !== voice && other.answer === voice.answer,
  );
}

/**
 * The people whom anything speaks for, and who are no other voice of the answer, the likeliest first: of what is in
 * dispute, who says the same in an overlap counts for more, so that nothing is worse than without any line-up.
 */
function likelyFor(voice: Voice, assigned: Assigned, { links, faceOf }: Evidence): string[] {
  const clips = faceOf(voice).persons;
  const words = new Map<string, number>();
  for (const link of links) {
    const other = otherOf(link, voice);
    const person = other === null ? undefined : assigned.get(other);
    if (person !== undefined) words.set(person, (words.get(person) ?? 0) + link.words);
  }
  const rank = (person: string) => {
    const said = words.get(person) ?? 0;
    return [said < fewestWords ? 0 : said, clips.get(person) ?? 0, said] as const;
  };
  return [...new Set([...words.keys(), ...clips.keys()])]
    .filter((person) => !isTaken(person, voice, assigned))
    .toSorted((a, b) => {
      const [one, other] = [rank(a), rank(b)];
      return other[0] - one[0] || other[1] - one[1] || other[2] - one[2];
    });
}

/** No more people than there are: those who say least are somebody else. */
function within(most: number, assigned: Assigned, evidence: Evidence): Assigned {
  const spoken = new Map<string, number>();
  for (const [{ spoken: length }, person] of assigned) spoken.set(person, (spoken.get(person) ?? 0) + length);
  const people = [...spoken].toSorted(([, a], [, b]) => b - a).map(([person]) => person);
  const left = people.slice(0, most);
  const bounded = new Map([...assigned].filter(([, person]) => left.includes(person)));
  for (const voice of assigned.keys()) {
    if (bounded.has(voice)) continue;
    const likely = likelyFor(voice, bounded, evidence).find((person) => left.includes(person));
    const person = likely ?? left.find((one) => !isTaken(one, voice, bounded)) ?? left[0];
    if (person !== undefined) bounded.set(voice, person);
  }
  return bounded;
}
