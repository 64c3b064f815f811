import type { RenderOptions } from "../../invocation.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { pageTitle } from "../page-title.ts";
import { turnsOf } from "../turns.ts";
import { escapeHtml } from "./escape.ts";
import { renderOpening } from "./opening.ts";
import { contentPolicy } from "./policy.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";
import { renderTimeline } from "./timeline.ts";
import { renderTurn } from "./turn.ts";

/**
 * A transcript as one page to read, search, print and listen along with. It asks for nothing from anywhere: the
 * recording is a file that the reader chooses. Without scripts, all of the text is there.
 */
export function renderHtml(transcript: Transcript, _options: RenderOptions): string {
  const turns = turnsOf(transcript).map((turn) => renderTurn(turn, transcript));
  const text = turns.length === 0 ? renderUnsegmented(transcript) : turns.join("\n");
  return `${renderHead(transcript)}
<body>
${tools}
<main>
<header>
${renderOpening(transcript)}${renderTimeline(transcript)}</header>
<article aria-label="Transcript">
<h2>Transcript</h2>
${text}
</article>
</main>
${renderPlayer(transcript)}
<script>${script}</script>
</body>
</html>`;
}

function renderHead({ source }: Transcript): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy({ script, style })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="gaudio">
<title>${escapeHtml(pageTitle(source.path))}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>`;
}

function renderUnsegmented({ text, language }: Transcript): string {
  if (text === "") return '<p class="nothing">Nothing is said.</p>';
  return `<p class="text" lang="${escapeHtml(language ?? "")}" dir="auto">${escapeHtml(text)}</p>`;
}

/** What needs scripts is hidden until one shows it. */
const tools = `<div class="tools" hidden>
<form role="search" id="search">
<input type="search" id="query" placeholder="Search the text  ( / )" aria-label="Search the text" autocomplete="off">
<output id="count" for="query" aria-live="polite"></output>
<button type="button" id="previous" aria-label="Previous match" title="Previous match (Shift+Enter)">↑</button>
<button type="button" id="next" aria-label="Next match" title="Next match (Enter)">↓</button>
</form>
<button type="button" id="theme">Dark</button>
</div>`;

function renderPlayer({ segments, events, source }: Transcript): string {
  if ([...segments, ...(events ?? [])].every(({ start }) => start === null)) return "";
  const name = escapeHtml(pageTitle(source.path));
  return `<section class="player" aria-label="Player" data-duration="${source.duration ?? 0}" hidden>
<label class="choose"><span>Listen along: choose or drop <bdi>${name}</bdi></span>
<input type="file" id="file" accept="audio/*,video/*"></label>
<audio id="audio" controls preload="metadata" hidden></audio>
<label class="follow" hidden><input type="checkbox" id="follow" checked> Follow</label>
<p id="told" role="status"></p>
</section>`;
}
