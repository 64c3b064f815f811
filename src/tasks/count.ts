import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { countTokens } from "../gemini/count-tokens.ts";
import { readKey } from "../gemini/key.ts";
import type { Access } from "../invocation.ts";
import { chooseDelivery } from "../plan/delivery.ts";
import type { SendableAudio } from "../plan/planned-audio.ts";
import type { World } from "../world.ts";
import { deleteLeftovers, withDelivery } from "./deliver.ts";
import { makePieces, type ReadyPiece } from "./pieces.ts";
import type { Progress } from "./progress.ts";
import { reach } from "./reach.ts";
import type { Workspace } from "./workspace.ts";

interface Counting {
  readonly audios: readonly SendableAudio[];
  readonly model: string;
  readonly access: Access;
  readonly workspace: Workspace;
}

/**
 * How many tokens each recording has by the service's count, made ready as it would be sent; in their order. What had
 * to be uploaded for it is deleted.
 * Errors: Failure `key`, `limit`, `input` before anything is sent; whatever the service's refusal means.
 */
export async function countAll(
  world: World,
  { audios, model, access, workspace }: Counting,
  progress: Progress,
): Promise<readonly number[]> {
  const key = await readKey(world, access.keyFile);
  const client = await reach(world, { key, access }, progress);
  const ready = await makePieces(world, audios, { workspace, progress });
  const cleaned = deleteLeftovers(world, client, progress);
  try {
    const counts: number[] = [];
    for (const one of ready) counts.push(await countOne(world, { client, model, ready: one }, progress));
    return counts;
  } finally {
    await cleaned;
  }
}

async function countOne(
  world: World,
  { client, model, ready }: { readonly client: Client; readonly model: string; readonly ready: ReadyPiece },
  progress: Progress,
): Promise<number> {
  const { audio, piece } = ready;
  const name = nameOf(audio.path);
  const how = chooseDelivery({ audios: [audio], sizes: [piece.sizeBytes], delivery: "auto", prompt: "" });
  const delivery = { client, keepUpload: false, progress, make: async () => ({ ready: [ready], how }) };
  try {
    return await withDelivery(world, delivery, async (deliver) => {
      const parts = await deliver();
      progress.step(`counting the tokens of ${name}`);
      return countTokens(client, { model, parts }, world.signal);
    });
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown.about(name) : thrown;
  }
}
