/** What is being said: found by the time, marked, and kept in sight. */
export const followScript = `
// ---- what is being said
const parts = Array.from(document.querySelectorAll("[data-t]"), (/** @type {HTMLElement} */ element) => {
  const [start, end] = element.dataset.t.split(" ").map(Number);
  // Of what has no length, at least a flash is seen.
  return { element, start, end: Math.max(end, start + 300), words: null };
});
const partByElement = new Map(parts.map((part) => [part.element, part]));
const playhead = byId("playhead");
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
let marked = new Set();
let seen = null;

function partOf(element) {
  return partByElement.get(element);
}

/** The words of a part, each with its times; read when they are first needed. */
function wordsOf(part) {
  const times = (part.element.dataset.w ?? "").split(" ").map(Number);
  const spans = part.element.querySelectorAll(".text span");
  part.words ??= Array.from(spans, (element, index) => ({ element, start: times[2 * index], end: times[2 * index + 1] }));
  return part.words;
}

/** When a word that was clicked is said, in seconds. */
function wordStart(element, target) {
  const word = wordsOf(partOf(element)).find((one) => one.element === target);
  return word === undefined ? null : word.start / 1000;
}

/** Marks what is said at a time, in milliseconds. */
function show(time) {
  const isNow = ({ start, end }) => start <= time && time < end;
  const now = parts.filter(isNow);
  const words = now.flatMap((part) => wordsOf(part).filter(isNow));
  const next = new Set([...now, ...words].map(({ element }) => element));
  for (const element of marked) if (!next.has(element)) element.classList.remove("now");
  for (const element of next) element.classList.add("now");
  marked = next;
  const latest = words.at(-1) ?? now.at(-1);
  if (latest !== undefined && latest.element !== seen) keepInSight(latest.element);
  if (latest !== undefined) seen = latest.element;
  if (playhead === null) return;
  playhead.hidden = false;
  playhead.style.left = Math.min(100, (100 * time) / Number(timeline.dataset.length)) + "%";
}

function keepInSight(element) {
  if (!follow.checked) return;
  const { top, bottom } = element.getBoundingClientRect();
  const isInSight = top >= 80 && bottom <= innerHeight - 140;
  if (isInSight) return;
  const isFar = Math.abs(top) > 2 * innerHeight;
  const isLong = bottom - top > innerHeight / 2;
  const behavior = isFar || isCalm.matches ? "instant" : "smooth";
  element.scrollIntoView({ block: isLong ? "start" : "center", behavior });
}

/** Shows what is said at a time, or before it, without a recording. */
function reveal(time) {
  seen = null;
  show(time);
  if (marked.size > 0) return;
  const before = parts.findLast(({ start }) => start <= time) ?? parts[0];
  keepInSight(before.element);
}

let frame = 0;

/** Goes on while it plays: words are shorter than what timeupdate tells. */
function tick() {
  cancelAnimationFrame(frame);
  show(audio.currentTime * 1000);
  if (!audio.paused && !audio.ended) frame = requestAnimationFrame(tick);
}

audio.addEventListener("play", tick);
audio.addEventListener("seeked", tick);
audio.addEventListener("timeupdate", tick);
// A reader who scrolls wants to look elsewhere.
for (const kind of ["wheel", "touchmove"]) {
  addEventListener(kind, () => {
    if (!audio.paused) follow.checked = false;
  }, { passive: true });
}
follow.addEventListener("change", () => {
  if (follow.checked && seen !== null) keepInSight(seen);
});
`;
