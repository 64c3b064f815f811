import type { Flaw } from "../audio/walk/walk.ts";
import { formatDuration } from "../plan/duration.ts";

/** What is odd about a file, in words. */
export function describeFlaw(flaw: Flaw): string {
  switch (flaw.kind) {
    case "misstated":
      return `its header says ${formatDuration(flaw.stated)}, but it holds ${formatDuration(flaw.measured)} of audio`;
    case "truncated":
      return "it is cut short: the end of its audio is missing";
    case "garbage":
      return `${flaw.bytes} bytes in it are neither audio nor a tag`;
    case "joined":
      return "another recording follows behind it in the file; only the first one counts, and is sent";
    case "gap":
      return "parts of its audio are missing or damaged";
    case "streams":
      return `it holds ${flaw.count} audio streams; the first one counts`;
    case "unmeasured":
      return `its audio could not be measured (${flaw.reason}); its length is what its header says, if anything`;
    case "mislabelled":
      return `its name ends in .${flaw.extension}, but that is not what it is`;
  }
}
