import { describe, expect, test } from "vitest";
import { renderMd } from "../../src/render/md.ts";
import { renderOptions } from "./html-pages.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";
import { sampleTranscript } from "./transcript.ts";

const untimed = sampleTranscript().segments.map((segment) => ({ ...segment, start: null, end: null }));

test("a transcript with everything is written as it always was", async () => {
  const markdown = `${renderMd(richTranscript(), renderOptions)}\n`;
  await expect(markdown).toMatchFileSnapshot("../../fixtures/golden/rich.md");
});

describe("text", () => {
  test("without times has no links, and a paragraph a turn", () => {
    expect(
      renderMd(sampleTranscript({ segments: untimed }), renderOptions)
        .split("\n\n")
        .slice(4),
    ).toEqual(["**Anna**: Good morning. Is it on?", "**Speaker 2**: It is."]);
  });

  test("without speakers has no names", () => {
    const segments = sampleTranscript().segments.map((segment) => ({ ...segment, speaker: null }));
    expect(
      renderMd(sampleTranscript({ segments, speakers: [] }), renderOptions)
        .split("\n\n")
        .slice(2),
    ).toEqual([
      "[00:00:00](talk.mp3#t=0) Good morning.",
      "[00:00:01](talk.mp3#t=1.25) Is it on?",
      "[01:02:03](talk.mp3#t=3723.999) It is.",
    ]);
  });

  test("of a recording in which nothing is said is its title", () => {
    expect(renderMd(emptyTranscript(), renderOptions)).toBe("# harbour report.mp3");
  });

  test("that is not complete says so", () => {
    const { making } = sampleTranscript();
    const markdown = renderMd(sampleTranscript({ making: { ...making, isComplete: false } }), renderOptions);
    expect(markdown).toContain("# talk.mp3\n\n**Not complete:**");
  });
});

test.each([
  ["*bold* _it_ `code` ~~gone~~", "\\*bold\\* \\_it\\_ \\`code\\` \\~\\~gone\\~\\~"],
  ["[link](javascript:alert(1))", "\\[link\\](javascript:alert(1))"],
  ["![x](http://e/x.png)", "!\\[x\\](http://e/x.png)"],
  ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  ["a & b, but &amp; and &#60;", "a & b, but &amp;amp; and &\\#60;"],
  ["# no heading | no table", "\\# no heading \\| no table"],
  ["- no list", "\\- no list"],
  ["+ no list", "\\+ no list"],
  ["1. no list", "1\\. no list"],
  ["12) no list", "12\\) no list"],
  ["=== no heading", "\\=== no heading"],
  ["\\* a backslash", "\\\\\\* a backslash"],
  ["    no code", "no code"],
  ["> no quote", "&gt; no quote"],
  ["one\n\n# two\r\n- three", "one\n\\# two\n\\- three"],
  ["a\u001b[31mb", "a\\[31mb"],
])("%j is written as %j", (text, written) => {
  const segment = { id: 0, start: null, end: null, speaker: null, language: null, words: null };
  const segments = [{ ...segment, text, translation: null, emotion: null }];
  const markdown = renderMd(sampleTranscript({ text, segments, speakers: [] }), renderOptions);
  expect(markdown).toBe(`# talk.mp3\n\n## Transcript\n\n${written}`);
});

test.each([
  ["recordings/harbour report.mp3", "[00:00:00](recordings/harbour%20report.mp3#t=0)"],
  ["/a/(b) [c]#1?.mp3", "[00:00:00](/a/%28b%29%20%5Bc%5D%231%3F.mp3#t=0)"],
  ["javascript:alert(1)", "[00:00:00](javascript%3Aalert%281%29#t=0)"],
  ["C:\\Talks\\a b.mp3", "[00:00:00](file:///C:/Talks/a%20b.mp3#t=0)"],
  ["\ud800.mp3", "[00:00:00](%EF%BF%BD.mp3#t=0)"],
  ["-", "\\[00:00:00\\]"],
])("a time in %j links to it", (path, link) => {
  const { source } = sampleTranscript();
  expect(renderMd(sampleTranscript({ source: { ...source, path } }), renderOptions)).toContain(
    `**Anna** ${link}: Good morning.`,
  );
});
