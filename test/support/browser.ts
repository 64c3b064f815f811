import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Whether Debian's chromium is installed: without it, no page is tried in a browser. */
export const hasChromium = existsSync(executablePath);

/** A browser without a window. Its sandbox needs rights that a container has not. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
