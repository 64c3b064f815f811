import { renderSchema } from "../render/schema.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";

/** Prints the JSON Schema of a transcript's document. */
export async function printSchema(world: Pick<World, "stdout">): Promise<void> {
  await print(world, `${renderSchema()}\n`);
}
