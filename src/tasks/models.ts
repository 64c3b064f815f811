import type { ModelsInvocation } from "../invocation.ts";
import { models, pricesOn } from "../plan/models.ts";
import { modelRenderers } from "../render/models.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";

/** Prints the models that gaudio knows, and what they cost today. Nothing is sent. */
export async function listModels(
  world: Pick<World, "stdout" | "now">,
  { format }: ModelsInvocation,
): Promise<void> {
  const facts = models.map((model) => ({ model, prices: pricesOn(model, world.now()) }));
  await print(world, `${modelRenderers[format](facts)}\n`);
}
