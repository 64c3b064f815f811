import { addCosts, costOf } from "../plan/cost.ts";
import { pricesAsOf } from "../plan/models.ts";
import type { Plan } from "../plan/plan.ts";
import { addUsage, type Usage } from "../plan/usage.ts";
import type { Prepared } from "./prepare.ts";

/** What a chat has used so far. */
export class ChatCost {
  private readonly tier: Prepared["asking"]["settings"]["serviceTier"];
  private readonly extraCosts: Prepared["extraCosts"];
  private readonly used: { readonly usage: Usage; readonly plan: Plan }[] = [];

  constructor({ asking, extraCosts }: Pick<Prepared, "asking" | "extraCosts">) {
    this.extraCosts = extraCosts;
    this.tier = asking.settings.serviceTier;
  }

  /** What a question has used, each time that the model was asked. */
  add(plan: Plan, usages: readonly Usage[]): void {
    this.used.push(...usages.map((usage) => ({ usage, plan })));
  }

  /**
   * A plan with what was spent before, which --max-cost bounds together. What nobody told, of an answer that was
   * cancelled, counts as it was estimated. `now` is in milliseconds since the epoch.
   */
  with(plan: Plan, now: number): Plan {
    const spent = this.used.map((one) => this.costOf(one, now) ?? one.plan.estimate.costUsd);
    const costUsd = addCosts([...this.extraCosts, ...spent, plan.estimate.costUsd]);
    return { ...plan, estimate: { ...plan.estimate, costUsd } };
  }

  /** The cost so far as a line. `now` is in milliseconds since the epoch. */
  told(now: number): string {
    const costs = this.used.map((one) => this.costOf(one, now));
    const known = costs.filter((cost) => cost !== null);
    const { inputTokens, outputTokens } = addUsage(
      this.used.flatMap(({ usage }) => (usage.inputTokens === null ? [] : [usage])),
    );
    const unknown = costs.length - known.length;
    const more = unknown === 0 ? "" : `, and of ${unknown} the cost is not known`;
    const answers = known.length === 1 ? "1 answer" : `${known.length} answers`;
    return `${answers}, ${inputTokens ?? "?"} tokens in, ${outputTokens ?? "?"} out, $${addCosts([...this.extraCosts, ...known])} (prices of ${pricesAsOf})${more}`;
  }

  private costOf(
    { usage, plan }: { readonly usage: Usage; readonly plan: Plan },
    now: number,
  ): number | null {
    return costOf({ model: plan.model, usage, duration: plan.duration, tier: this.tier }, now);
  }
}
