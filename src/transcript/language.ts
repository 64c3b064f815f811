const english = "en";

/** Codes that say that there is no one language (ISO 639-2), and words that are taken for codes. */
const noLanguages: ReadonlySet<string> = new Set(["und", "mis", "mul", "zxx", "any", "all", "unk"]);

/** Those that are asked for beside all codes of two letters, and those to which Intl gives another name. */
const longCodes = ["ceb", "ckb", "fil", "gsw", "haw", "yue"] as const;
const otherNames = { mandarin: "cmn", "mandarin chinese": "cmn", tagalog: "tl" } as const;

/** What was written before: each segment tells its language, and mostly the same one. */
const known = new Map<string, string | null>();

/** Languages by their names, in lower case; made when they are first needed. */
let englishCodes: ReadonlyMap<string, string> | null = null;
let ownCodes: ReadonlyMap<string, string> | null = null;

/**
 * The canonical BCP-47 code of a language however a model wrote it: `en_us` is en-US, `English` and `English, German`
 * are en, `Deutsch` is de, `Chinese (Simplified)` is zh-Hans. Null when it names none.
 */
export function canonicalLanguage(written: string | null | undefined): string | null {
  const key = written ?? "";
  const found = known.get(key);
  if (found !== undefined) return found;
  const code = read(key);
  known.set(key, code);
  return code;
}

function read(written: string): string | null {
  const [first = ""] = written.split(/[,;/|]/);
  const plain = first.split("(")[0]?.trim() ?? "";
  return (
    codeOf(plain.replaceAll("_", "-")) ?? ofVariety(first.trim().toLowerCase()) ?? byName(plain.toLowerCase())
  );
}

/** A language's English name; null for a code that has none. */
export function languageName(code: string): string | null {
  const tag = canonicalTag(code);
  return tag === null ? null : (namesIn(english).of(tag) ?? null);
}

function codeOf(written: string): string | null {
  const tag = canonicalTag(written);
  const language = tag?.split("-")[0] ?? "";
  // Longer subtags are well-formed, but no language has one: "unknown", "mixed".
  return /^[a-z]{2,3}$/.test(language) && !noLanguages.has(language) ? tag : null;
}

function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // A RangeError: it has not the form of a tag.
    return null;
  }
}

function byName(name: string): string | null {
  const names = namesIn(english);
  englishCodes ??= new Map([
    ...codesBy(() => names),
    ...Object.entries(otherNames).map(([other, code]) => [other, canonicalTag(code) ?? code] as const),
  ]);
  const code = englishCodes.get(name);
  if (code !== undefined) return code;
  // In its own language: "Deutsch". A locale that Intl does not have gives the names of the system's.
  ownCodes ??= new Map(codesBy(namesIn));
  return ownCodes.get(name) ?? null;
}

/** "Brazilian Portuguese", "Portuguese (Brazil)" and "Simplified Chinese", by all places and scripts that there may be. */
function ofVariety(name: string): string | null {
  const language = byName(/^(.+?) ?\(.+\)$/.exec(name)?.[1] ?? / (\S+)$/.exec(name)?.[1] ?? "");
  if (language === null) return null;
  const manners = [namesIn(english, "dialect"), namesIn(english, "standard")];
  return (
    ["Hans", "Hant", "Latn", "Cyrl", "419", "001", ...pairs]
      .map((variety) => `${language}-${variety.length === 2 ? variety.toUpperCase() : variety}`)
      .find((tag) => manners.some((names) => names.of(tag)?.toLowerCase() === name)) ?? null
  );
}

function namesIn(language: string, languageDisplay: "dialect" | "standard" = "dialect"): Intl.DisplayNames {
  return new Intl.DisplayNames(language, { type: "language", fallback: "none", languageDisplay });
}

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const pairs = letters.flatMap((first) => letters.map((second) => first + second));

/** No list of languages is kept here: all codes are asked for their names. */
function codesBy(namesFor: (tag: string) => Intl.DisplayNames): (readonly [string, string])[] {
  return [...pairs, ...longCodes]
    .filter((tag) => canonicalTag(tag) === tag)
    .flatMap((tag) => {
      const name = namesFor(tag).of(tag);
      return name === undefined ? [] : [[name.toLowerCase(), tag] as const];
    });
}
