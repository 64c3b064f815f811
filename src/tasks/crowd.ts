import { defaultGeneralModel } from "../plan/models.ts";
import type { AskedPart } from "./part.ts";

/** What the reader should know where there may be more speakers than the model tells apart: it takes some for others. */
export function crowdWarnings(parts: readonly AskedPart[]): string[] {
  const full = parts.find(({ question, answer }) => {
    const most = question.request.plan.model.mostSpeakers;
    const labels = new Set(answer.segments.flatMap(({ speaker }) => speaker ?? []));
    return most !== null && labels.size >= most;
  });
  if (full === undefined) return [];
  const { name, mostSpeakers } = full.question.request.plan.model;
  return [
    `${name} tells ${mostSpeakers} speakers apart at most: if there are more, some are taken for others; of other models no limit is known (-m ${defaultGeneralModel})`,
  ];
}
