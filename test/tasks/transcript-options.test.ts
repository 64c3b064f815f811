import { describe, expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { violationsOf } from "../support/json-schema.ts";
import { runInMemory } from "../support/memory-world.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator();
const files = {
  "talk.mp3": fixture("dialogue.mp3"),
  "names.txt": Buffer.from("# names\nErlang # a language\n\nÅsa\n"),
};

/** The last request that asked a model, and whether it says so of what it holds. */
function lastAsked(): { readonly url: string; readonly body: unknown; readonly text: string } {
  const request = service.emulator.requests.findLast(({ url }) => /enerateContent|interactions/.test(url));
  return { url: request?.url ?? "", body: JSON.parse(request?.body ?? "{}"), text: request?.body ?? "" };
}

const printedSchema = async (): Promise<object> =>
  JSON.parse((await runInMemory(["transcribe", "--print-schema"])).stdout);

describe.each(ways)("by $api", ({ api }) => {
  const run = (...options: readonly string[]) =>
    service.run(["transcribe", "talk.mp3", "--api", api, ...options], { files });

  const documentOf = async (...options: readonly string[]) => {
    const { exitCode, stdout, stderr } = await run(...options, "-f", "json");
    expect(exitCode, stderr).toBe(0);
    const document = JSON.parse(stdout);
    expect(violationsOf(await printedSchema(), document)).toEqual([]);
    return document;
  };

  test("text comes from the transcription model", async () => {
    const { exitCode, stdout } = await run();
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${dialogueTurns.join(" ")}\n` });
    expect(lastAsked().text + lastAsked().url).toContain(transcriptionModel);
  });

  test("--diarize tells who speaks", async () => {
    const { stdout } = await run("--diarize", "--speaker-names", "Anna,Ben");
    const [first, second, third, fourth] = dialogueTurns;
    expect(stdout).toBe(`Anna: ${first}\nBen: ${second}\nAnna: ${third}\nBen: ${fourth}\n`);
  });

  test("--timestamps segment tells when", async () => {
    const { stdout } = await run("--timestamps", "segment");
    expect(stdout).toMatch(/^\[00:00:00\] Good morning, and welcome/);
    expect(
      stdout
        .replace(/\[[\d:]+\] /g, "")
        .replaceAll("\n", " ")
        .trim(),
    ).toBe(dialogueTurns.join(" "));
  });

  test("--word-timestamps tells when each word is said", async () => {
    const { segments, text } = await documentOf("--word-timestamps", "--diarize");
    const words = segments.flatMap((segment: { words: { word: string; start: number }[] }) => segment.words);
    expect(words.map(({ word }: { word: string }) => word).join(" ")).toBe(text.replaceAll("\n", " "));
    expect(words[0]).toMatchObject({ start: 0, speaker: "SPEAKER_00" });
  });

  test("-l tells the language", async () => {
    await run("-l", "en-gb");
    expect(lastAsked().text).toContain('"en-GB"');
    await run("-l", "en-gb", "-m", generalModel);
    expect(lastAsked().text).toContain("The language spoken is en-GB.");
  });

  test("--vocabulary and its file reach either model", async () => {
    const options = ["--vocabulary", "Ferris,Erlang", "--vocabulary-file", "names.txt"];
    await run(...options);
    expect(lastAsked().text).toContain('["Ferris","Erlang","Åsa"]');
    await run(...options, "--diarize");
    expect(lastAsked().text).toContain("Ferris, Erlang, Åsa");
    expect(lastAsked().text + lastAsked().url).toContain(generalModel);
  });

  test.each([
    ["smart", /smart/i, /Leave out fillers/],
    ["verbatim", /verbatim/i, /Keep fillers/],
  ])("--mode %s reaches either model", async (mode, told, instructed) => {
    await run("--mode", mode);
    expect(lastAsked().text).toMatch(told);
    await run("--mode", mode, "-m", generalModel);
    expect(lastAsked().text).toMatch(instructed);
  });

  test("the flagship: summary, speakers, times, languages, a translation and the mood, in one answer", async () => {
    const options = [
      "--diarize",
      "--timestamps",
      "segment",
      "--translate-to",
      "en",
      "--emotion",
      "--summary",
    ];
    const { summary, segments, speakers, model, usage, complete } = await documentOf(...options);
    expect({ model, complete, requests: usage.requests }).toEqual({
      model: generalModel,
      complete: true,
      requests: 1,
    });
    expect(summary).toContain("2 speakers");
    expect(speakers).toHaveLength(2);
    expect(segments.map(({ text }: { text: string }) => text)).toEqual(dialogueTurns);
    for (const { start, end, language, translation, emotion, text } of segments) {
      expect(end).toBeGreaterThan(start);
      expect({ language, translation }).toEqual({ language: "en", translation: `${text} (translated)` });
      expect(["happy", "sad", "angry", "neutral"]).toContain(emotion);
    }
  });

  test("--events tells sounds, in their places", async () => {
    const said = JSON.stringify({
      language: "English",
      segments: [
        { start: "00:00", end: "00:07", language: "en", text: "Good morning." },
        { start: "00:12", end: "00:22", language: "en", text: "Is it closed?" },
      ],
      events: [{ start: "0:07.5", end: "0:09", label: "foghorn" }],
    });
    const { route } = ways.find((way) => way.api === api) ?? { route: "generate" };
    service.emulator.faults.add(route, { kind: "say", text: said }, 2);
    const { events, language } = await documentOf("--events");
    expect(events).toEqual([{ start: 7.5, end: 9, label: "foghorn" }]);
    expect(language).toBe("en");
    const { stdout } = await run("--events", "--timestamps", "segment");
    expect(stdout).toBe("[00:00:00] Good morning.\n[00:00:07] [foghorn]\n[00:00:12] Is it closed?\n");
  });

  test("--speakers, --system and --prompt reach the model that follows instructions", async () => {
    await run("--speakers", "2", "--system", "@names.txt", "-p", "Mind the harbour.");
    for (const part of ["2 speakers", "Erlang # a language", "Mind the harbour."])
      expect(lastAsked().text).toContain(part);
  });

  test("--thinking, --safety and --service-tier are asked for", async () => {
    const { stderr } = await run("--thinking", "high", "--safety", "off", "--service-tier", "flex", "-v");
    expect(lastAsked().text).toMatch(/"thinking_?[Ll]evel":"high"/i);
    expect(lastAsked().text).toMatch(/"threshold":"off"/i);
    expect(lastAsked().text).toMatch(/"service_?[Tt]ier":"flex"/);
    expect(stderr).toContain(`${transcriptionModel} does not take --thinking, --safety or --service-tier`);
  });

  test("nothing is stored", async () => {
    await run();
    await run("-m", generalModel);
    expect(service.emulator.storedInteractions()).toEqual([]);
  });
});
