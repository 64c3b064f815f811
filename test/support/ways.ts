import type { Api } from "../../src/invocation.ts";
import type { Route } from "../emulator/faults.ts";

/** A way to ask a model. */
export interface Way {
  readonly api: Api;
  /** Where faults strike it. */
  readonly route: Extract<Route, "generate" | "interactions">;
  /** What its requests' addresses hold, streamed or not. */
  readonly path: string;
}

/** Both APIs: what the user sees of them is the same. */
export const ways: readonly Way[] = [
  { api: "generate", route: "generate", path: "enerateContent" },
  { api: "interactions", route: "interactions", path: "/interactions" },
];

/** The model that follows instructions, for tests of what only such a one does. */
export const generalModel = "gemini-3.8-flash";

export const transcriptionModel = "gemini-3.5-transcribe";
