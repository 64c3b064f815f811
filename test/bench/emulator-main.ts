import { askedAgain, secondsAsked } from "../emulator/question-log.ts";
import { startEmulator } from "../emulator/server.ts";
import type { Wish } from "./emulators.ts";

/**
 * The emulator as a process of its own, so that its work is nobody else's: `fork("emulator-main.js")`. It tells
 * where it is, and then answers each message: how fast it is to be from now on, or what it was asked since.
 */
const emulator = await startEmulator({ key: "bench" });
let first = 0;
process.on("message", (wish: Wish) => {
  if (wish.kind === "pace") {
    emulator.setPace(wish.pace);
    first = emulator.questions.length;
  }
  process.send?.(report());
});
process.on("disconnect", () => void emulator.close());
process.send?.({ url: emulator.url });

function report() {
  const questions = emulator.questions.slice(first);
  const times = questions.map(({ arrivedMs, endedMs }) => (endedMs ?? Number.NaN) - arrivedMs);
  return {
    questions: questions.length,
    seconds: secondsAsked(questions),
    slowestSeconds: Math.max(0, ...times) / 1_000,
    again: askedAgain(questions).length,
  };
}
