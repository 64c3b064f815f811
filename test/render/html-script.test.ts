import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { script } from "../../src/render/html/script.ts";

const folder = await mkdtemp(join(tmpdir(), "gaudio-script-"));
const path = join(folder, "script.js");
afterAll(() => rm(folder, { recursive: true }));

/** Checks a text of JavaScript as the compiler checks the rest, with the types of the DOM. */
async function check(text: string): Promise<string> {
  await writeFile(path, text);
  const tsc = new URL("../../node_modules/typescript/bin/tsc", import.meta.url).pathname;
  const options = ["--noEmit", "--allowJs", "--checkJs", "--lib", "es2023,dom,dom.iterable", "--types", ""];
  const rules = ["--target", "es2023", "--noUnusedLocals", "--strict", "false", "--ignoreConfig"];
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...rules, path], {
    cwd: folder,
    encoding: "utf8",
  });
  return stdout.replaceAll(/^.*script\.js/gm, "script.js");
}

test("the page's script is what the compiler takes for right, with the DOM's types", async () => {
  expect(await check(script)).toBe("");
});

test("what is wrong in it would be found", async () => {
  expect(await check(`${script}\nroot.dataset.nothing();\nmissing();\n`)).toContain(
    "Cannot find name 'missing'",
  );
});

test("the page's script holds nothing that ends it", () => {
  expect(script).not.toMatch(/<\/script|<!--|]]>/i);
});
