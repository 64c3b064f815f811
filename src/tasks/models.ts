import { readKey } from "../gemini/key.ts";
import { listModels as listRemote } from "../gemini/list-models.ts";
import type { ModelsInvocation } from "../invocation.ts";
import { modelNamed, models, pricesOn } from "../plan/models.ts";
import { type ModelFacts, modelRenderers } from "../render/models.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";
import { reach } from "./reach.ts";

/**
 * Prints the models that gaudio knows, and what they cost today. Nothing is sent, unless the service shall be
 * asked which of them the key can use.
 * Errors: Failure `key`, `service` of the service.
 */
export async function listModels(
  world: World,
  { format, refresh, access }: ModelsInvocation,
  progress: Progress,
): Promise<void> {
  const names = refresh ? await askNames(world, access, progress) : null;
  const known = new Set(models.map(({ name }) => name));
  const others = (names ?? []).filter((name) => !known.has(name)).map(modelNamed);
  const facts = [...models, ...others].map(
    (model): ModelFacts => ({
      model,
      prices: pricesOn(model, world.now()),
      isAvailable: names === null ? null : names.includes(model.name),
    }),
  );
  progress.pause();
  await print(world, `${modelRenderers[format](facts)}\n`);
}

/** The names of the models that the key can have content made by. */
async function askNames(
  world: World,
  access: ModelsInvocation["access"],
  progress: Progress,
): Promise<readonly string[]> {
  const client = await reach(world, { key: await readKey(world, access.keyFile), access }, progress);
  progress.step("asking the service for its models");
  const remote = await listRemote(client, world.signal);
  return remote.filter(({ methods }) => methods.includes("generateContent")).map(({ name }) => name);
}
