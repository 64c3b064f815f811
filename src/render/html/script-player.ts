import { followScript } from "./script-follow.ts";

/** The recording: a file that the reader chooses or drops, and the ways to a place in it. */
export const playerScript = `
// ---- the recording
const audio = byId("audio");
const file = byId("file");
const follow = byId("follow");
const player = first(".player");
const timeline = first(".timeline");
let url = null;
/** Where to begin, in seconds, once there is a recording. */
let awaited = null;

function tell(text) {
  byId("told").textContent = text;
}

function open(chosen) {
  if (url !== null) URL.revokeObjectURL(url);
  url = URL.createObjectURL(chosen);
  audio.src = url;
  audio.hidden = false;
  follow.parentElement.hidden = false;
  root.classList.add("heard");
  tell("");
  if (awaited !== null) audio.currentTime = awaited;
  awaited = null;
}

/** Plays from there; without a recording, shows what is said there. */
function seek(seconds) {
  follow.checked = true;
  if (url === null) {
    awaited = seconds;
    reveal(seconds * 1000);
    tell("Choose the recording to hear this place.");
    return;
  }
  audio.currentTime = seconds;
  audio.play().catch(({ name }) => {
    // Seeking or pausing again before it plays is no failure.
    if (name !== "AbortError") tell("The browser does not play it: " + name);
  });
}

function clockOf(seconds) {
  return new Date(Math.round(seconds) * 1000).toISOString().slice(11, 19);
}

audio.addEventListener("error", () => tell("This browser cannot play that file."));
audio.addEventListener("loadedmetadata", () => {
  const expected = Number(player.dataset.duration);
  if (expected === 0 || Math.abs(audio.duration - expected) < 2 + expected / 50) return;
  tell("This file is " + clockOf(audio.duration) + " long, and the recording was " + clockOf(expected) + ": is it the same?");
});
file.addEventListener("change", () => {
  if (file.files.length > 0) open(file.files[0]);
});

addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  root.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) root.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  root.classList.remove("dropping");
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  open(event.dataTransfer.files[0]);
});

first("main").addEventListener("click", (event) => {
  const track = event.target.closest(".track");
  if (track !== null) {
    const { left, width } = track.getBoundingClientRect();
    seek((Math.min(1, Math.max(0, (event.clientX - left) / width)) * Number(timeline.dataset.length)) / 1000);
    return;
  }
  const part = event.target.closest("[data-t]");
  if (part === null) return;
  const isTime = event.target.closest(".at") !== null;
  // Whoever selects text does not want to go there.
  const isText = url !== null && event.target.closest(".text,.label") !== null && getSelection().isCollapsed;
  if (isTime || isText) seek((isTime ? null : wordStart(part, event.target)) ?? partOf(part).start / 1000);
});
${followScript}
player.hidden = false;
`;
