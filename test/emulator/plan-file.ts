import { z } from "zod";
import { asksModel, type PlannedFault } from "./fault-plan.ts";
import { faultSchema, routeSchema } from "./faults.ts";
import { timesSchema, whenSchema } from "./strikes.ts";

const entrySchema = z
  .strictObject({
    route: routeSchema,
    times: timesSchema.default(1),
    when: whenSchema.optional(),
    fault: faultSchema,
  })
  .refine(
    ({ route, when }) => when === undefined || asksModel(route),
    "when is for generate and interactions",
  );

/** The faults of a plan file. Errors: Error that names the entry, and what is wrong with it. */
export function readPlanFile(text: string): readonly PlannedFault[] {
  const entries = z.array(z.unknown()).safeParse(parse(text));
  if (!entries.success) throw new Error("a plan of faults is a JSON array of { route, times, when, fault }");
  return entries.data.map((entry, index) => {
    const parsed = entrySchema.safeParse(entry);
    if (parsed.success) return parsed.data;
    throw new Error(
      `entry ${index + 1} of the plan, ${JSON.stringify(entry)}:\n${z.prettifyError(parsed.error)}\n${help}`,
    );
  });
}

const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
const help = `Routes: ${routeSchema.options.join(", ")}.\nKinds: ${kinds.join(", ")}.`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new Error(`the plan of faults is no JSON: ${thrown}`);
  }
}
