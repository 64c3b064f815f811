import type { Routing } from "../plan/route.ts";
import type { Prepared } from "./prepare.ts";
import type { WantedTranscript } from "./transcript-question.ts";
import type { WindowedAudio } from "./windows.ts";
import type { Workspace } from "./workspace.ts";

/** A transcript that is wanted, and all that was found out before anything is asked. */
export interface TranscribeJob {
  readonly wanted: WantedTranscript;
  readonly prepared: Prepared;
  readonly routing: Routing;
  /** The recording, or its channels, and their windows: the requests are about these, one after the other. */
  readonly windowed: readonly WindowedAudio[];
  readonly workspace: Workspace;
}
