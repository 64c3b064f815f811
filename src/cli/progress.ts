import type { Ora } from "ora";
import type { Talk } from "../invocation.ts";
import { printable } from "../render/printable.ts";
import type { Progress } from "../tasks/progress.ts";
import type { World } from "../world.ts";
import { createPaint, wantsSpinner } from "./color.ts";
import { followParts } from "./parts.ts";
import { followTransfer, type TellingManner } from "./transfer.ts";

type Line = (text: string) => void;

/** Progress on stderr: a spinner on a terminal, else a plain line an event. */
export async function createProgress(world: World, talk: Talk): Promise<Progress> {
  const paint = await createPaint(talk.color);
  const isQuiet = talk.verbosity === "quiet";
  const spinner = !isQuiet && wantsSpinner(world) ? await createSpinner(world, talk) : null;
  // A stderr that nobody reads any more is no reason to stop working.
  const plainLine: Line = (text) => void world.stderr.write(`${text}\n`).catch(() => {});
  const line = spinner === null ? plainLine : aroundSpinner(spinner, plainLine);
  const step: Line = spinner === null ? line : (text) => void spinner.start(text);
  const silent = () => {};
  const manner: TellingManner = {
    now: () => world.now(),
    show: (text) => step(printable(text)),
    isLive: spinner !== null,
  };
  return {
    step: isQuiet ? silent : (text) => step(printable(text)),
    transfer: (text, totalBytes) => (isQuiet ? silent : followTransfer(manner, { text, totalBytes })),
    parts: (work) => followParts(isQuiet ? { ...manner, show: silent } : manner, work),
    tell: isQuiet ? silent : (text) => line(printable(text)),
    warn: (text) => line(`${paint.warning("warning:")} ${printable(text)}`),
    detail: talk.verbosity === "verbose" ? (text) => line(printable(text)) : silent,
    debug: talk.debug ? (text) => line(`${paint.debug("debug:")} ${printable(text)}`) : silent,
    pause: () => void spinner?.stop(),
  };
}

/** ora's own defaults swallow Ctrl-C (discardStdin) and install signal handlers (hideCursor). */
async function createSpinner(world: World, talk: Talk): Promise<Ora> {
  const { default: ora } = await import("ora");
  return ora({
    stream: world.stderr.stream,
    discardStdin: false,
    hideCursor: false,
    isEnabled: true,
    color: talk.color ? "cyan" : false,
  });
}

/** Writes a line where the spinner is, and draws it again below. */
function aroundSpinner(spinner: Ora, line: Line): Line {
  return (text) => {
    const wasSpinning = spinner.isSpinning;
    spinner.stop();
    line(text);
    if (wasSpinning) spinner.start();
  };
}
