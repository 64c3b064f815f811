import { type Client, connect } from "../gemini/client.ts";
import type { Access } from "../invocation.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";

/**
 * A way to the service, with what happens on it told to the user. Nothing is sent yet.
 * Errors: Failure `usage` for an address that must not be used.
 */
export function reach(
  world: World,
  { key, access: { timeoutMs, retries } }: { readonly key: string; readonly access: Access },
  progress: Progress,
): Promise<Client> {
  return connect(world, {
    key,
    timeoutMs,
    retries,
    onWait: (line) => progress.step(line),
    onRequest: (line) => progress.debug(line),
  });
}
