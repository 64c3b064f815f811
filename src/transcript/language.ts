/** Languages by their English names, in lower case; made when it is first needed. */
let codes: ReadonlyMap<string, string> | null = null;

/** Codes that say that there is no one language (ISO 639-2). */
const noLanguages: ReadonlySet<string> = new Set(["und", "mis", "mul", "zxx"]);

/**
 * The canonical BCP-47 code of a language however a model wrote it: `en_us` is en-US, `English` is en.
 * Null when it names none.
 */
export function canonicalLanguage(written: string | null | undefined): string | null {
  // Of "en, de" and "English (United States)", the first counts.
  const first = (written ?? "").split(/[,;/|(]/)[0]?.trim() ?? "";
  codes ??= codesByName();
  const named = codes.get(first.toLowerCase());
  if (named !== undefined) return named;
  const tag = canonicalTag(first.replaceAll("_", "-"));
  // Longer subtags are well-formed, but no language has one: "unknown", "mixed".
  const language = tag?.split("-")[0] ?? "";
  return tag === null || !/^[a-z]{2,3}$/.test(language) || noLanguages.has(language) ? null : tag;
}

/** A language's English name; null for a code that has none. */
export function languageName(code: string): string | null {
  const tag = canonicalTag(code);
  return tag === null ? null : (englishNames().of(tag) ?? null);
}

function englishNames(): Intl.DisplayNames {
  return new Intl.DisplayNames("en", { type: "language", fallback: "none" });
}

function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // A RangeError: it has not the form of a tag.
    return null;
  }
}

/** No list of languages is kept here: all codes of two letters are asked for their names. */
function codesByName(): ReadonlyMap<string, string> {
  const names = englishNames();
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const tags = letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(
    tags
      .filter((tag) => canonicalTag(tag) === tag)
      .flatMap((tag) => {
        const name = names.of(tag);
        return name === undefined ? [] : [[name.toLowerCase(), tag] as const];
      }),
  );
}
