import type { Said } from "./cue-text.ts";

/**
 * A name before what is said: `Anna: Hello`, `李明：你好`, and whisperX's `[SPEAKER_00]: Hello`. It begins with a capital
 * or a letter that has none, is not long, and no sentence ends in it.
 */
const prefix =
  /^(?:\[([^[\]:：]{1,40})\]|([\p{Lu}\p{Lt}\p{Lo}][^[\]:：!?;,。！？；，]{0,39}))(?:: |：\s?)(?=\S)/u;

/**
 * Takes names before texts for speakers. One that begins several cues is a speaker; if every cue begins with one,
 * all are. `Note: the door is open`, once among other cues, stays the text that it is. Nobody is taken to go on
 * speaking in a cue that names no one.
 */
export function readNamePrefixes<Cue extends Said>(cues: readonly Cue[]): Cue[] {
  if (cues.some(({ label }) => label !== null)) return [...cues];
  const names = cues.map(({ text }) => nameBefore(text));
  const counts = new Map<string | null, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return cues.map((cue, index) => {
    const name = names[index] ?? null;
    const isSpeaker = !counts.has(null) || (counts.get(name) ?? 0) > 1;
    return name === null || !isSpeaker ? cue : { ...cue, label: name, text: cue.text.replace(prefix, "") };
  });
}

function nameBefore(text: string): string | null {
  const found = prefix.exec(text);
  return (found?.[1] ?? found?.[2])?.trim() || null;
}
