import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { openPrompt } from "../../src/system/prompt.ts";

const { signal } = new AbortController();

/** A terminal at which keys are pressed, and what its person is told. */
function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const told = { interrupts: 0, stops: 0 };
  const prompter = openPrompt(
    { input, output, isTerminal: true },
    { onInterrupt: () => (told.interrupts += 1), stop: () => (told.stops += 1) },
  );
  const press = async (keys: string) => {
    input.write(keys);
    await turn();
  };
  return { prompter, press, told, shown: () => String(output.read() ?? "") };
}

test("lines are edited, and earlier ones come back", async () => {
  const { prompter, press, shown } = terminal();
  const first = prompter.line("> ", signal);
  await press("Whp\u007fo?\r");
  expect(await first).toBe("Who?");
  expect(shown()).toContain("> ");
  const second = prompter.line("> ", signal);
  await press("\u001b[A\r");
  expect(await second).toBe("Who?");
  prompter.close();
});

test("lines that are pasted, or typed too early, are asked for later", async () => {
  const { prompter, press } = terminal();
  await press("Who?\rWhat?\r");
  expect([await prompter.line("> ", signal), await prompter.line("> ", signal)]).toEqual(["Who?", "What?"]);
  prompter.close();
});

test("Ctrl-D ends", async () => {
  const { prompter, press } = terminal();
  const line = prompter.line("> ", signal);
  await press("\u0004");
  expect([await line, await prompter.line("> ", signal)]).toEqual([null, null]);
});

test("Ctrl-C drops what is typed, stops at an empty line, and else interrupts", async () => {
  const { prompter, press, told } = terminal();
  const line = prompter.line("> ", signal);
  await press("Who?\u0003");
  expect(told).toEqual({ interrupts: 0, stops: 0 });
  await press("\u0003");
  expect(told).toEqual({ interrupts: 0, stops: 1 });
  await press("What?\r");
  expect(await line).toBe("What?");
  await press("\u0003");
  expect(told).toEqual({ interrupts: 1, stops: 1 });
  prompter.close();
});

test("a run that stops waits for no line", async () => {
  const { prompter } = terminal();
  const stop = new AbortController();
  const line = prompter.line("> ", stop.signal);
  stop.abort(new Error("stopped"));
  await expect(line).rejects.toThrow("stopped");
  await expect(prompter.line("> ", stop.signal)).rejects.toThrow("stopped");
  prompter.close();
});
