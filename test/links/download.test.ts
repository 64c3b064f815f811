import { describe, expect, test } from "vitest";
import { type Download, download } from "../../src/links/download.ts";
import { createNetwork } from "../../src/system/network.ts";
import type { Getting, Got, World } from "../../src/world.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { page, useWeb } from "../support/web.ts";

const web = useWeb();

function worldWith(own: Partial<World> = {}) {
  const { world, files } = memoryWorld([]);
  return { files, world: { ...world, get: createNetwork({}).get, ...own } };
}

function wanted(own: Partial<Download> = {}): Download {
  return {
    url: `${web.url}/a.mp3`,
    file: "/kept",
    allowPrivate: true,
    timeoutMs: 5_000,
    retries: 3,
    limitBytes: 1_000_000,
    onWait: () => {},
    onStart: () => () => {},
    ...own,
  };
}

/** Something of which more always comes. */
async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(10_000).fill(1);
}

const answering = (got: Partial<Got>): World["get"] => {
  return async () => ({ status: 200, headers: new Headers(), body: endless(), discard: () => {}, ...got });
};

test("it is told how much is to come, and how much has", async () => {
  web.pages.set("/a.mp3", page(Buffer.alloc(300_000, 1)));
  const { world, files } = worldWith();
  const told: (number | null)[] = [];
  const onStart = (total: number | null) => {
    told.push(total);
    return (received: number) => void told.push(received);
  };
  await download(world, wanted({ onStart }));
  expect([told[0], told.at(-1)]).toEqual([300_000, 300_000]);
  expect(files.text("/kept")).toHaveLength(300_000);
});

describe("what does not end is ended", () => {
  test("at the limit of bytes, whatever was announced, and not asked for again", async () => {
    let asked = 0;
    web.pages.set("/a.mp3", (_, response) => {
      asked += 1;
      const more = () => void response.write(Buffer.alloc(50_000, 1), () => setImmediate(more));
      more();
    });
    const { world, files } = worldWith();
    await expect(download(world, wanted())).rejects.toMatchObject({
      kind: "limit",
      message: "it is larger than 0.001 GB, the most that the service takes as one file",
    });
    expect({ asked, kept: [...files.entries.keys()] }).toEqual({ asked: 1, kept: [] });
  });

  test("after six hours, though it stays below that", async () => {
    let now = 0;
    const later = () => {
      now += 600_000;
      return now;
    };
    const { world, files } = worldWith({ now: later, get: answering({}) });
    await expect(download(world, wanted({ limitBytes: 1e9 }))).rejects.toMatchObject({
      kind: "service",
      retryable: false,
      message: "it is not done after 6 hours",
    });
    expect([...files.entries.keys()]).toEqual([]);
  });

  test("when the run is stopped", async () => {
    const stop = new AbortController();
    web.pages.set("/a.mp3", (_, response) => {
      response.write(Buffer.alloc(50_000, 1));
      setTimeout(() => stop.abort(new Error("stopped")), 50);
    });
    const { world, files } = worldWith({ signal: stop.signal });
    await expect(download(world, wanted())).rejects.toThrow("stopped");
    expect([...files.entries.keys()]).toEqual([]);
  });
});

test("a slow disk is not the server's silence", async () => {
  web.pages.set("/a.mp3", page(Buffer.alloc(200_000, 1)));
  const { world } = worldWith();
  const create = async (_path: string, content: AsyncIterable<Uint8Array>) => {
    for await (const _chunk of content) await new Promise((resolve) => setTimeout(resolve, 120));
  };
  const slow = Object.assign(Object.create(world.files), { create });
  await download({ ...world, files: slow }, wanted({ timeoutMs: 100, retries: 0 }));
});

describe("each address on the way is checked as the first was", () => {
  /** What was asked for on the way, where each page leads to the next. */
  async function wayOf(locations: readonly string[], allowPrivate: boolean) {
    const asked: { url: string; allowPrivate: boolean }[] = [];
    const get = async (url: string, getting: Getting): Promise<Got> => {
      asked.push({ url, allowPrivate: getting.allowPrivate });
      const location = locations[asked.length - 1];
      const headers = new Headers(location === undefined ? {} : { location });
      return { status: location === undefined ? 404 : 302, headers, body: endless(), discard: () => {} };
    };
    const { world } = worldWith({ get });
    const failure = await download(world, wanted({ url: "https://a.test/a", allowPrivate })).catch(
      (thrown) => thrown,
    );
    return { asked, message: failure.message };
  }

  test.each([true, false])("whether private ones are allowed (%s) is asked at each", async (allowPrivate) => {
    const { asked, message } = await wayOf(["https://b.test/b?c#d", "/e"], allowPrivate);
    const urls = ["https://a.test/a", "https://b.test/b?c", "https://b.test/e"];
    expect(asked).toEqual(urls.map((url) => ({ url, allowPrivate })));
    expect(message).toBe("there is nothing (404)");
  });

  test.each(["http://127.0.0.1/b", "http://localhost:1/b", "http://b.test/"])(
    "%s is not gone to without --allow-private",
    async (location) => {
      const { asked, message } = await wayOf([location], false);
      expect(asked).toHaveLength(1);
      expect(message).toBe("it redirects to an address that is not https");
    },
  );
});
