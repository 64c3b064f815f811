import { cleanText } from "./clean.ts";
import type { Speaker } from "./transcript.ts";

/** Numbers speakers by first appearance, whatever the model calls them. */
export class SpeakerNumbers {
  private readonly known = new Map<string, Speaker>();

  /** The id of the Speaker with this key; null for nobody. */
  idOf(key: string | null): string | null {
    if (key === null) return null;
    const found = this.known.get(key);
    if (found !== undefined) return found.id;
    const speaker = { id: speakerId(this.known.size), name: null };
    this.known.set(key, speaker);
    return speaker.id;
  }

  get all(): Speaker[] {
    return [...this.known.values()];
  }
}

/** The id of a speaker, from 0. */
export function speakerId(index: number): string {
  return `SPEAKER_${String(index).padStart(2, "0")}`;
}

/**
 * What is the same for all spellings of one speaker: `Speaker 1`, `SPEAKER_01`, `spk_1` ([doc], the transcribe
 * page), `spk:1` ([report], a notebook), `1`. Null for a label that says nothing.
 */
export function speakerKey(label: string | null | undefined): string | null {
  const words = cleanText(label ?? "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "")
    .join(" ");
  const name = words.replace(/^(?:speaker|spkr|spk|s(?=\d)) ?(?=.)/, "").replace(/^0+(?=\d+$)/, "");
  return nobody.includes(name) ? null : name;
}

/** What models write, without its punctuation, where they cannot tell who speaks. */
const nobody: readonly string[] = ["", "unknown", "unknown speaker", "unclear", "none", "null", "n a"];
