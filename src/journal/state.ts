import { join } from "node:path";
import type { World } from "../world.ts";

/** The folder of what outlives a run [XDG Base Directory]; null where the environment names no home. */
export function stateDirectory(env: World["env"]): string | null {
  const state = env["XDG_STATE_HOME"];
  if (state?.startsWith("/")) return join(state, "gaudio");
  const home = env["HOME"];
  return home ? join(home, ".local", "state", "gaudio") : null;
}
