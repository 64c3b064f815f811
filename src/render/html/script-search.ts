/**
 * Search: matches are marked as highlights (CSS Custom Highlight API), so that the text stays as it is, and a match
 * may reach over several words. A browser without them outlines the paragraph.
 */
export const searchScript = String.raw`
// ---- search
const query = byId("query");
const count = byId("count");
const canMark = "highlights" in CSS;
/** More than this are counted and reached, but not all marked at once. */
const mostMarked = 5000;
let texts = null;
let matches = [];
let current = -1;
let searched = "";
let searching = 0;

function allTexts() {
  const all = document.querySelectorAll(".text,.translation,.label");
  texts ??= Array.from(all, (element) => ({ element, text: element.textContent }));
  return texts;
}

function patternOf(wanted) {
  const escaped = wanted.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&");
  return new RegExp(escaped.replace(/\s+/g, "\\s+"), "giu");
}

function search() {
  clearTimeout(searching);
  searched = query.value;
  const wanted = searched.trim();
  matches = wanted === "" ? [] : matchesOf(patternOf(wanted));
  current = -1;
  if (canMark) mark("found", matches.slice(0, mostMarked));
  showMatch();
}

function matchesOf(pattern) {
  const found = [];
  for (const { element, text } of allTexts()) {
    for (const match of text.matchAll(pattern)) {
      found.push({ element, start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}

function mark(name, marked) {
  const highlight = new Highlight();
  for (const match of marked) highlight.add(rangeOf(match));
  highlight.priority = name === "current" ? 1 : 0;
  CSS.highlights.set(name, highlight);
}

/** A place in a text as a range over its text nodes. */
function rangeOf({ element, start, end }) {
  const range = new Range();
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let behind = 0;
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    const length = node.textContent.length;
    if (behind <= start && start < behind + length) range.setStart(node, start - behind);
    if (behind < end && end <= behind + length) {
      range.setEnd(node, end - behind);
      break;
    }
    behind += length;
  }
  return range;
}

function step(by) {
  if (matches.length === 0) return;
  current = current === -1 && by < 0 ? matches.length - 1 : (current + by + matches.length) % matches.length;
  showMatch();
}

function showMatch() {
  document.querySelector(".hit")?.classList.remove("hit");
  if (canMark) mark("current", matches.slice(current, current + 1));
  count.textContent = query.value.trim() === "" ? "" : countOf();
  const match = matches[current];
  if (match === undefined) return;
  if (!canMark) match.element.closest(".part")?.classList.add("hit");
  // What is being said would draw the reader back to it.
  if (byId("follow") !== null) byId("follow").checked = false;
  match.element.scrollIntoView({ block: "center" });
  // A paragraph may be longer than the window.
  const { top, bottom } = rangeOf(match).getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 120) scrollBy({ top: top - innerHeight / 2 });
}

function countOf() {
  if (matches.length === 0) return "not found";
  if (current >= 0) return (current + 1) + " of " + matches.length;
  return matches.length + (matches.length === 1 ? " match" : " matches");
}

query.addEventListener("input", () => {
  clearTimeout(searching);
  searching = setTimeout(search, 120);
});
byId("search").addEventListener("submit", (event) => event.preventDefault());
query.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (query.value !== searched) search();
    step(event.shiftKey ? -1 : 1);
  }
  if (event.key === "Escape") {
    query.value = "";
    search();
    query.blur();
  }
});
byId("next").addEventListener("click", () => step(1));
byId("previous").addEventListener("click", () => step(-1));
document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLElement && event.target.matches("input:not([type=checkbox])");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  query.focus();
  query.select();
});
`;
