import { playerScript } from "./script-player.ts";
import { searchScript } from "./script-search.ts";
import { themeScript } from "./script-theme.ts";

/**
 * The page's script. It is kept as texts of plain JavaScript, because nothing then stands between what is written
 * here and what runs: a function's own text (Function.prototype.toString) is whatever the compiler, or a test's or a
 * user's loader, made of it, which may name helpers that no page has. html-script.test.ts has tsc check it with the
 * types of the DOM; html.slow.test.ts runs it in a browser.
 */
export const script = `"use strict";
{
/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);
/** @type {(selector: string) => any} */
const first = (selector) => document.querySelector(selector);
const root = document.documentElement;
root.classList.add("scripted");
${themeScript}${searchScript}
if (byId("file") !== null) {
${playerScript}}
}
`;
