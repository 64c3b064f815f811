import { AnswerReader } from "./answer.ts";
import { LoopDetector, type Loops } from "./loops.ts";

/** From how many words on the same texts again are a loop: people who are told apart say a lot of short ones. */
const leastWordsOfTexts = 200;

/** The same of phrases: as in plain text. */
const leastWordsOfPhrases = 100;

/** The same within what is not closed: keys are words that come again. */
const leastWordsOfOpen = 600;

/** So often no sound is heard. */
const mostOfEvent = 1_000;

/**
 * Notices when a model says the same over and over within a structured answer. What was closed is read, and only
 * the texts of its segments compared: its keys, labels and speakers come again in every answer. What is still open
 * may be a text that never ends.
 */
export class AnswerLoops implements Loops {
  private readonly texts = new LoopDetector({ leastWords: leastWordsOfTexts, leastWordsOfPhrases });
  private readonly open = new LoopDetector({ leastWords: leastWordsOfOpen });
  private readonly labels = new Map<string, number>();
  private reader = new AnswerReader();
  private isLoop = false;

  /** Takes a piece, which may cut the answer anywhere; answers whether a loop has been seen. */
  add(piece: string): boolean {
    // Brace by brace, so that it is known where a segment was closed.
    for (const part of piece.split(/(?<=\})/)) this.take(part);
    return this.isLoop;
  }

  restart(): void {
    this.texts.restart();
    this.open.restart();
    this.labels.clear();
    this.reader = new AnswerReader();
    this.isLoop = false;
  }

  private take(part: string): void {
    const known = this.reader.heard.length;
    if (this.open.add(part)) this.isLoop = true;
    for (const { text } of this.reader.write(part)) if (this.texts.add(`${text}\n`)) this.isLoop = true;
    for (const { label } of this.reader.heard.slice(known)) this.count(label.trim().toLowerCase());
    // Where no JSON is read any more, nothing is closed.
    if (part.endsWith("}") && this.reader.isReading) this.open.restart();
  }

  private count(label: string): void {
    const times = (this.labels.get(label) ?? 0) + 1;
    this.labels.set(label, times);
    if (times >= mostOfEvent) this.isLoop = true;
  }
}
