import { expect, test } from "vitest";
import { canonicalLanguage, languageName } from "../../src/transcript/language.ts";

test.each([
  ["en", "en"],
  ["EN_us", "en-US"],
  [" de-at ", "de-AT"],
  ["zh-hant-tw", "zh-Hant-TW"],
  ["eng", "en"],
  ["iw", "he"],
  ["yue", "yue"],
  ["English", "en"],
  ["english (US)", "en"],
  ["en, de", "en"],
  ["no", "no"],
  ["", null],
  ["und", null],
  ["und-US", null],
  ["mul", null],
  ["unknown", null],
  ["Mixed", null],
  ["n/a", null],
  ["?", null],
  [null, null],
  [undefined, null],
])("%j is %j", (written, code) => {
  expect(canonicalLanguage(written)).toBe(code);
});

test.each([
  ["de", "German"],
  ["pt-BR", "Brazilian Portuguese"],
  ["qqq", null],
  ["?", null],
])("%s is called %s", (code, name) => {
  expect(languageName(code)).toBe(name);
});
