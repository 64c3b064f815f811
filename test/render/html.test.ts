import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { colorClass, speakerColors, themes } from "../../src/render/html/colors.ts";
import { renderHtml } from "../../src/render/html/html.ts";
import { sourceHash } from "../../src/render/html/policy.ts";
import { hostileTexts, hostileTranscript, longTranscript, renderOptions } from "./html-pages.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";
import { sampleTranscript } from "./transcript.ts";

const rich = renderHtml(richTranscript(), renderOptions);

/** The tags of a page, and what is between them, its script and style left out. */
function piecesOf(html: string): { tags: string[]; text: string } {
  const body = html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, "");
  return { tags: body.match(/<[^>]*>/g) ?? [], text: unescapeHtml(body.replace(/<[^>]*>/g, "\n")) };
}

function unescapeHtml(html: string): string {
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return html.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? "");
}

/** What a page is made of: its tags without the values of their attributes. */
function skeletonOf(html: string): string[] {
  return piecesOf(html).tags.map((tag) => tag.replace(/"[^"]*"/g, '""'));
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("a transcript with everything is shown as it always was", async () => {
  await expect(`${rich}\n`).toMatchFileSnapshot("../../fixtures/golden/rich.html");
});

describe("what is said", () => {
  test.each(richTranscript().segments.map(({ text }) => [text]))("%j stands there once", (text) => {
    const flat = (one: string) => one.replace(/\s+/g, "");
    expect(flat(piecesOf(rich).text).split(flat(text))).toHaveLength(2);
  });

  test("stands there without segments, too", () => {
    const page = renderHtml(sampleTranscript({ segments: [], speakers: [] }), renderOptions);
    expect(page).toContain('<p class="text" lang="en" dir="auto">Good morning. Is it on? It is.</p>');
  });

  test("without times has neither times nor a player nor a picture", () => {
    const segments = sampleTranscript().segments.map((segment) => ({ ...segment, start: null, end: null }));
    const { tags, text } = piecesOf(renderHtml(sampleTranscript({ segments }), renderOptions));
    expect(tags.join("")).not.toMatch(/<button type="button" class="at"|<audio|<figure|data-t/);
    expect(text).toContain("Good morning.");
  });

  test("may have times only of sounds: they have the player", () => {
    const segments = sampleTranscript().segments.map((segment) => ({ ...segment, start: null, end: null }));
    const events = [{ start: 0, end: null, label: "knock" }];
    const { source } = sampleTranscript();
    const sounds = sampleTranscript({ segments, events, source: { ...source, duration: 0 } });
    expect(renderHtml(sounds, renderOptions)).toMatch(/<path d="M0 0h15v1h-15z"[\s\S]*<audio/);
  });

  test("has spans only for words that have times", () => {
    const spans = rich.match(/<p class="text".*<\/p>/g)?.flatMap((line) => line.match(/<span>/g) ?? []);
    expect(spans).toHaveLength(8);
    expect(rich).toContain('data-w="320 877 877 1434 ');
  });

  test("is nothing: the page says so", () => {
    expect(piecesOf(renderHtml(emptyTranscript(), renderOptions)).text).toContain("Nothing is said.");
  });
});

test("what is missing is told above the text, and warnings are listed", () => {
  const { making } = richTranscript();
  const warnings = ["2 of 10 segments have no time", "<b>"];
  const page = renderHtml(
    richTranscript({ making: { ...making, warnings, isComplete: false } }),
    renderOptions,
  );
  expect(page).toContain('<p class="banner" role="note"><strong>Not complete.</strong>');
  expect(page).toContain("<summary>2 warnings</summary>");
  expect(page).toContain('<li dir="auto">&lt;b&gt;</li>');
  expect(rich).not.toContain('class="banner"');
});

describe("the policy", () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(rich)?.[1] ?? "";

  test.each(["script", "style"])("allows the page's own %s, and no other", (kind) => {
    const [, source = ""] = new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`).exec(rich) ?? [];
    expect(policy).toContain(`${kind}-src '${sourceHash(source)}';`);
    expect(rich.split(`<${kind}`)).toHaveLength(2);
  });

  test("allows nothing from anywhere", () => {
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(rich).not.toMatch(/https?:|@import|url\(| style="| on\w+="/);
  });
});

describe("hostile text", () => {
  const harmless = renderHtml(hostileTranscript("harmless"), renderOptions);

  test.each(hostileTexts)("%j changes nothing of what the page is made of", (text) => {
    const page = renderHtml(hostileTranscript(text), renderOptions);
    // Words that have times are the only elements whose number is the text's.
    const withoutWords = (html: string) => skeletonOf(html.replace(/<\/?span>| data-w="[^"]*"/g, ""));
    expect(withoutWords(page)).toEqual(withoutWords(harmless));
    expect(piecesOf(page.replace(/<\/?span>/g, "")).text.split(text).length).toBeGreaterThan(20);
  });

  test("of any characters changes nothing, and is not lost", () => {
    const bits = fc.constantFrom(
      "<",
      ">",
      '"',
      "'",
      "&",
      "/",
      "=",
      " ",
      "script",
      "!--",
      "]]>",
      "a",
      "é",
      "ض",
      "\u202e",
    );
    const text = fc.string({ unit: fc.oneof(bits, fc.constantFrom("\u2028", "`", "\\", "😀", "lt;")) });
    fc.assert(
      fc.property(text, (said) => {
        const page = renderHtml(sampleTranscript({ summary: said }), renderOptions);
        expect(skeletonOf(page)).toEqual(
          skeletonOf(renderHtml(sampleTranscript({ summary: "" }), renderOptions)),
        );
        expect(piecesOf(page).text).toContain(said);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

test.each(["light", "dark"] as const)("by %s, what is written can be read on what is behind it", (theme) => {
  const { paper, panel, now, word, found, current, alarm, ink, quiet } = themes[theme];
  const pairs = [
    ...[paper, panel, now, word, found, current, alarm].map((behind) => [ink, behind] as const),
    ...[paper, panel, now].map((behind) => [quiet, behind] as const),
    ...speakerColors[theme].map((color) => [color, paper] as const),
  ];
  expect(pairs.filter(([text, behind]) => contrast(text, behind) < 4.5)).toEqual([]);
});

test("speakers have colours of their own, and a ninth the first's again", () => {
  expect([0, 1, 7, 8, -1].map(colorClass)).toEqual(["s0", "s1", "s7", "s0", "nobody"]);
});

test("40,000 words are rendered within a second", () => {
  const transcript = longTranscript(40_000);
  const begin = performance.now();
  const page = renderHtml(transcript, renderOptions);
  expect(performance.now() - begin).toBeLessThan(1_000);
  expect(page.length).toBeLessThan(3_000_000);
});
