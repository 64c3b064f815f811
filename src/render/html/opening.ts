import { clockTime } from "../../timecode.ts";
import { languageName } from "../../transcript/language.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { pageTitle } from "../page-title.ts";
import { escapeHtml } from "./escape.ts";

/** What stands above the text: title, facts, what is wrong with it, and a summary. */
export function renderOpening(transcript: Transcript): string {
  const { source, summary } = transcript;
  return [
    `<h1 dir="auto">${escapeHtml(pageTitle(source.path))}</h1>\n`,
    renderFacts(transcript),
    renderBanner(transcript),
    renderWarnings(transcript),
    summary === null
      ? ""
      : section("Summary", `<p class="summary" lang="" dir="auto">${escapeHtml(summary)}</p>`),
  ].join("");
}

function renderFacts(transcript: Transcript): string {
  const { source, speakers, making } = transcript;
  const languages = languagesOf(transcript);
  const facts = [
    ["Length", source.duration ? clockTime(source.duration * 1_000) : ""],
    [languages.length === 1 ? "Language" : "Languages", languages.join(", ")],
    ["Speakers", speakers.length === 0 ? "" : String(speakers.length)],
    ["Model", making.model ?? ""],
  ] as const;
  const known = facts.filter(([, value]) => value !== "");
  const rows = known.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return `<dl class="facts">${rows.join("")}</dl>\n`;
}

/** The languages' English names; a code without one stays. */
function languagesOf({ language, segments }: Transcript): string[] {
  const codes = [language, ...segments.map((segment) => segment.language)];
  const known = new Set(codes.filter((code) => code !== null));
  return [...new Set([...known].map((code) => languageName(code) ?? code))];
}

function renderBanner({ making }: Transcript): string {
  if (making.isComplete) return "";
  return '<p class="banner" role="note"><strong>Not complete.</strong> Some of what was said is missing here.</p>\n';
}

function renderWarnings({ making: { warnings } }: Transcript): string {
  if (warnings.length === 0) return "";
  const count = warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`;
  const items = warnings.map((warning) => `<li dir="auto">${escapeHtml(warning)}</li>`).join("");
  return `<details class="warnings"><summary>${count}</summary><ul>${items}</ul></details>\n`;
}

function section(title: string, inside: string): string {
  return `<section class="opening"><h2>${title}</h2>\n${inside}</section>\n`;
}
