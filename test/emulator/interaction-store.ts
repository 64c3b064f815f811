import type { QuestionPart } from "./question.ts";
import { invalid } from "./refusal.ts";

/** The interactions that are kept, by their ids: what the model was given in each. */
export class InteractionStore {
  private readonly kept = new Map<string, readonly QuestionPart[]>();

  keep(id: string, parts: readonly QuestionPart[]): void {
    this.kept.set(id, parts);
  }

  /** What was given in an interaction, and those before it. Errors: Refusal 400 for one that is not kept. */
  partsOf(id: string): readonly QuestionPart[] {
    const parts = this.kept.get(id);
    if (parts === undefined) throw invalid(`The previous interaction ${id} was not found.`);
    return parts;
  }

  ids(): string[] {
    return [...this.kept.keys()];
  }
}
