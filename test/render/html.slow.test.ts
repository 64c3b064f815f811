import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { renderHtml } from "../../src/render/html/html.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";
import { hasChromium, openBrowser } from "../support/browser.ts";
import { toneOf, wavOfSamples } from "../support/samples.ts";
import { hostileTexts, hostileTranscript, longTranscript, renderOptions } from "./html-pages.ts";
import { richTranscript } from "./rich.ts";

describe.skipIf(!hasChromium)("the page in a browser (needs chromium)", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gaudio-page-"));
  const recording = join(folder, "a recording.wav");
  const browser = hasChromium ? await openBrowser() : null;
  /** What no page may do, of all pages that were opened. */
  let misdeeds: string[] = [];

  beforeAll(async () => {
    const sound = toneOf(440, { seconds: 30, sampleRate: 8_000 });
    await writeFile(recording, wavOfSamples([sound], 8_000));
  });
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    const told = misdeeds;
    misdeeds = [];
    expect(told).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  async function open(transcript: Transcript, options: BrowserContextOptions = {}): Promise<Page> {
    if (browser === null) throw new Error("no browser");
    const path = join(folder, "page.html");
    await writeFile(path, renderHtml(transcript, renderOptions));
    const page = await browser.newPage({ viewport: { width: 1_000, height: 700 }, ...options });
    page.on("console", (message) => misdeeds.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => misdeeds.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      misdeeds.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const isItsOwn = /^(blob|data):/.test(request.url()) || request.url() === `file://${path}`;
      if (!isItsOwn) misdeeds.push(`request: ${request.url()}`);
    });
    await page.goto(`file://${path}`);
    return page;
  }

  async function openWithRecording(): Promise<Page> {
    const page = await open(richTranscript());
    const chooser = page.waitForEvent("filechooser");
    await page.locator("#file").click();
    await (await chooser).setFiles(recording);
    await expect.poll(() => page.evaluate("audio.readyState")).toBeGreaterThan(0);
    return page;
  }

  const timeOf = (page: Page) => page.evaluate<number>("audio.currentTime");
  const nowOf = (page: Page) => page.locator(".part.now .text").allTextContents();

  describe("a recording that is chosen", () => {
    test("plays from a time that is clicked, and what is said is marked", async () => {
      const page = await openWithRecording();
      await page.locator("#p2 .at").click();
      await expect.poll(() => nowOf(page)).toEqual([richTranscript().segments[2]?.text]);
      expect(await timeOf(page)).toBeGreaterThanOrEqual(6.5);
      expect(await timeOf(page)).toBeLessThan(12);
      expect(await page.evaluate("audio.paused")).toBe(false);
    });

    test("is paused, and each word is marked at its time; two who talk at once are both marked", async () => {
      const page = await openWithRecording();
      await page.evaluate("audio.currentTime = 1");
      await expect.poll(() => page.locator("span.now").allTextContents()).toEqual(["morning"]);
      await page.evaluate("audio.currentTime = 4");
      await expect.poll(() => nowOf(page)).toHaveLength(2);
      await page.evaluate("audio.currentTime = 29.9");
      await expect.poll(() => nowOf(page)).toEqual([]);
    });

    test("plays from a word that is clicked", async () => {
      const page = await openWithRecording();
      await page.locator("#p0 span", { hasText: "harbour" }).click();
      await expect.poll(() => page.locator("span.now").allTextContents()).toEqual(["harbour"]);
    });

    test("is followed down the page, until the reader scrolls", async () => {
      const page = await openWithRecording();
      await page.evaluate("audio.currentTime = 20");
      await expect.poll(() => isOnScreen(page.locator("#p6 .text"))).toBe(true);
      await page.locator("#p6 .at").click();
      await page.mouse.wheel(0, -2_000);
      await expect.poll(() => page.locator("#follow").isChecked()).toBe(false);
    });

    test("plays from where the picture is clicked", async () => {
      const page = await openWithRecording();
      const track = page.locator(".track").first();
      const width = (await track.boundingBox())?.width ?? 0;
      await track.click({ position: { x: (width * 18) / 3_640, y: 5 } });
      await expect.poll(() => timeOf(page)).toBeGreaterThan(10);
      expect(await page.locator("#playhead").isVisible()).toBe(true);
    });

    test("is told to be another, when its length is", async () => {
      const page = await openWithRecording();
      await expect.poll(() => page.locator("#told").textContent()).toContain("00:00:30 long");
    });

    test("may be dropped on the page", async () => {
      const page = await open(richTranscript());
      await page.evaluate(`
        const moved = new DataTransfer();
        moved.items.add(new File([new Uint8Array(10)], "talk.wav", { type: "audio/wav" }));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
      `);
      await expect
        .poll(() => page.locator("#told").textContent())
        .toBe("This browser cannot play that file.");
      expect(await page.locator("#audio").isVisible()).toBe(true);
    });
  });

  test("without a recording, a time asks for one, and begins there", async () => {
    const page = await open(richTranscript());
    await page.locator("#p2 .at").click();
    expect(await page.locator("#told").textContent()).toContain("Choose the recording");
    await page.setInputFiles("#file", recording);
    await expect.poll(() => timeOf(page)).toBe(6.5);
  });

  describe("search", () => {
    const countOf = (page: Page) => page.locator("#count").textContent();

    test("counts, and goes to the next and the previous match", async () => {
      const page = await open(richTranscript());
      await page.keyboard.press("/");
      await page.keyboard.type("WORD NOW");
      await expect.poll(() => countOf(page)).toBe("12 matches");
      expect(await page.evaluate("CSS.highlights.get('found').size")).toBe(12);
      await page.keyboard.press("Enter");
      expect(await countOf(page)).toBe("1 of 12");
      expect(await isOnScreen(page.locator("#p7 .text"))).toBe(true);
      await page.keyboard.press("Shift+Enter");
      expect(await countOf(page)).toBe("12 of 12");
      await page.keyboard.press("Escape");
      expect(await countOf(page)).toBe("");
    });

    test.each([
      ["welcome to the", "1 of 1"],
      [".*", "not found"],
      ["fog lifted", "1 of 1"],
      ["foghorn", "1 of 1"],
      ["القناة", "1 of 1"],
      ["<b>now</b>", "1 of 1"],
    ])("finds %j: %s", async (wanted, count) => {
      const page = await open(richTranscript());
      await page.locator("#query").fill(wanted);
      await page.locator("#query").press("Enter");
      expect(await countOf(page)).toBe(count);
      if (count === "not found") return;
      expect(await page.evaluate("String([...CSS.highlights.get('current')][0])")).toBe(wanted);
    });
  });

  test.each(["light", "dark"] as const)(
    "is readable by %s, and by the other theme's button",
    async (colorScheme) => {
      const page = await open(richTranscript(), { colorScheme });
      expect(await page.evaluate<Contrast[]>(contrasts)).toEqual([]);
      const before = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      await page.locator("#theme").click();
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).not.toBe(before);
      expect(await page.evaluate<Contrast[]>(contrasts)).toEqual([]);
    },
  );

  test("is printed black on white, without what is of no use on paper", async () => {
    const page = await open(richTranscript(), { colorScheme: "dark" });
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".player", ".tools"]) expect(await page.locator(hidden).isVisible()).toBe(false);
    expect(await page.locator("#p9 time").isVisible()).toBe(true);
    expect(await page.evaluate(colorsOf("body"))).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    expect(await page.evaluate(colorsOf("h3.name"))).toEqual(["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]);
  });

  test("without scripts, the text is there, and nothing that needs them", async () => {
    const page = await open(richTranscript(), { javaScriptEnabled: false });
    expect(await page.locator("#p9 .text").isVisible()).toBe(true);
    for (const hidden of [".player", ".tools"]) expect(await page.locator(hidden).isVisible()).toBe(false);
  });

  test("text from right to left stands right, whatever stands around it", async () => {
    const page = await open(richTranscript());
    const directions = page.locator("#p2 .text, #p3 .text, #p4 .text");
    expect(await directions.evaluateAll((all) => all.map((one) => one.matches(":dir(rtl)")))).toEqual([
      false,
      true,
      false,
    ]);
  });

  test("on a telephone, nothing is wider than it", async () => {
    const page = await open(hostileTranscript("A".repeat(300)), { viewport: { width: 320, height: 640 } });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await page.locator("#query").fill("a");
    await expect.poll(() => page.locator("#count").textContent()).toMatch(/matches$/);
    const button = await page.locator("#theme").boundingBox();
    expect((button?.x ?? 320) + (button?.width ?? 0)).toBeLessThanOrEqual(320);
  });

  test.each(hostileTexts)("%j does nothing", async (text) => {
    const page = await open(hostileTranscript(text));
    await page.locator("#query").fill(text);
    await page.locator("#query").press("Enter");
    expect(await page.locator("#count").textContent()).toMatch(/^1 of /);
    await page.locator(".at").first().click();
    await page.setInputFiles("#file", recording);
    await page.locator("#p2 .text").hover();
    expect(await page.locator("script").count()).toBe(1);
    expect(await page.locator("iframe, img, svg[onload], article style").count()).toBe(0);
  });

  test("40,000 words are loaded and searched within three seconds", async () => {
    const transcript = longTranscript(40_000);
    const begin = performance.now();
    const page = await open(transcript);
    await page.locator("#query").fill("word39999");
    await page.locator("#query").press("Enter");
    expect(await page.locator("#count").textContent()).toBe("1 of 1");
    expect(performance.now() - begin).toBeLessThan(3_000);
    expect(await isOnScreen(page.locator("#p3999 .text"))).toBe(true);
    const again = performance.now();
    await page.locator("#query").fill("word");
    await page.locator("#query").press("Enter");
    expect(await page.locator("#count").textContent()).toBe("1 of 40000");
    expect(performance.now() - again).toBeLessThan(1_000);
  });
});

interface Contrast {
  readonly text: string;
  readonly ratio: number;
}

/** Whether a part of it is in the window, between the bars above and below. */
async function isOnScreen(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y + box.height > 50 && box.y < 640;
}

function colorsOf(selector: string): string {
  return `[getComputedStyle(document.querySelector("${selector}"))].flatMap((style) => [style.color, style.backgroundColor])`;
}

/** Runs in the page: all elements with text of their own whose contrast to what is behind them is below 4.5 (WCAG 1.4.3). */
const contrasts = `
(() => {
  const partsOf = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = partsOf(color).slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return partsOf(color)[3] === 0 ? behind(element.parentElement) : color;
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  return [...document.body.querySelectorAll("*:not(script)")]
    .filter((element) => element.checkVisibility() && hasText(element))
    .map((element) => {
      const [dark, light] = [getComputedStyle(element).color, behind(element)].map(luminance).sort((a, b) => a - b);
      return { text: element.textContent.slice(0, 40), ratio: (light + 0.05) / (dark + 0.05) };
    })
    .filter(({ ratio }) => ratio < 4.5);
})()`;
