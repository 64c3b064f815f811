import { describe, expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, ways } from "../support/ways.ts";
import { inTurn, page, useWeb } from "../support/web.ts";

const service = useEmulator({ model: generalModel });
const web = useWeb();
const bytes = fixture("dialogue.mp3");
const transcript = `${dialogueTurns.join("\n")}\n`;
const privately = ["--allow-private", "--retries", "1"];

/** No file of the run is left, neither whole nor in part. */
const filesLeft = ({ files }: { readonly files: { readonly entries: ReadonlyMap<string, unknown> } }) => [
  ...files.entries.keys(),
];

describe.each(ways)("a link to a recording, by $api", ({ api }) => {
  test("is downloaded, heard like a file, and not kept", async () => {
    web.pages.set("/talk.mp3", page(bytes));
    const outcome = await service.run(["transcribe", `${web.url}/talk.mp3`, ...privately, "--api", api]);
    expect(outcome).toMatchObject({ exitCode: 0, stdout: transcript });
    expect(outcome.stderr).toContain(`downloading ${web.url}/talk.mp3`);
    expect(filesLeft(outcome)).toEqual([]);
  });
});

test("what it is called by tells no secret, and its server alone is given them", async () => {
  web.pages.set("/a.mp3", (_, response) => {
    // Another name of the same machine is another server.
    response
      .writeHead(302, { location: `${web.url.replace("127.0.0.1", "localhost")}/b.mp3?t=hush-2` })
      .end();
  });
  web.pages.set("/b.mp3", page(bytes));
  const link = `${web.url.replace("//", "//ann:hush-1@")}/a.mp3?token=hush-0#hush-3`;
  const argv = ["transcribe", link, "--json", "--diarize", "-v", "--debug", ...privately];
  const { exitCode, stdout, stderr } = await service.run(argv);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    source: { path: `${web.url}/a.mp3`, codec: "mp3", bytes: bytes.length },
  });
  expect(stdout + stderr).not.toContain("hush");
  expect(web.requests.map(({ url, headers }) => [url, headers.authorization ?? null])).toEqual([
    ["/a.mp3?token=hush-0", `Basic ${Buffer.from("ann:hush-1").toString("base64")}`],
    ["/b.mp3?t=hush-2", null],
  ]);
});

test("every command that reads recordings takes links; one that is named twice is fetched once", async () => {
  web.pages.set("/a.flac", page(fixture("dialogue.flac"), { "content-type": "text/html" }));
  const link = `${web.url}/a.flac`;
  const files = { "b.mp3": bytes };
  const probed = await service.run(["probe", link, "b.mp3", "--json", ...privately], { files });
  expect(JSON.parse(probed.stdout).files).toMatchObject([
    { path: link, container: "flac" },
    { path: "b.mp3" },
  ]);
  const said = await service.run(["summarize", link, "b.mp3", link, "--json", ...privately], { files });
  expect(JSON.parse(said.stdout).sources).toMatchObject([{ path: link }, { path: "b.mp3" }, { path: link }]);
  expect(web.requests).toHaveLength(2);
  const uploaded = await service.run(["files", "upload", link, ...privately]);
  expect(uploaded).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^files\/gaudio-/) });
  expect((await service.run(["files", "delete", "--all"])).exitCode).toBe(0);
});

test("a folder's file is named after the recording, whatever the query", async () => {
  web.pages.set("/talk.mp3", page(bytes));
  const argv = [
    "transcribe",
    `${web.url}/talk.mp3?v=1/x.mp3`,
    "-f",
    "srt",
    "--output-dir",
    "out",
    ...privately,
  ];
  const { exitCode, files } = await service.run(argv);
  expect({ exitCode, left: [...files.entries.keys()] }).toEqual({ exitCode: 0, left: ["out/talk.srt"] });
});

test.each([503, 429, 408])(
  "what passes (%i, a cut) is tried again, and nothing of it is kept",
  async (status) => {
    web.pages.set(
      "/a.mp3",
      inTurn(
        (_, response) => response.writeHead(status, { "retry-after": "0" }).end(),
        (_, response) => {
          response.writeHead(200, { "content-length": String(bytes.length) });
          response.write(bytes.subarray(0, 9_000), () => response.destroy());
        },
        page(bytes),
      ),
    );
    const argv = ["transcribe", `${web.url}/a.mp3`, "--allow-private", "--retries", "2"];
    expect(await service.run(argv)).toMatchObject({ exitCode: 0, stdout: transcript });
    expect(web.requests).toHaveLength(3);
  },
);

describe("what brings no recording is refused, before anything is sent, and nothing is left", () => {
  const html = "<!DOCTYPE html><html><body>Log in to listen</body></html>";
  const endless = Buffer.alloc(64_000, 1);
  const cases: readonly [string, Parameters<typeof web.pages.set>[1], number, string][] = [
    ["a web page that says it is audio", page(html), 5, "it is a web page"],
    ["a page behind a comment", page(`\ufeff\n<!-- x -->${html}`), 5, "it is a web page"],
    ["what only says it is audio", page(Buffer.alloc(3_000, 7)), 5, "not a recording that gaudio knows"],
    ["nothing", page(""), 5, "the file is empty"],
    ["what is packed", page("x", { "content-encoding": "gzip" }), 5, "it is sent packed (gzip)"],
    ["a live stream", page(endless, { "icy-name": "Radio" }), 5, "it is a live stream"],
    ["what is gone", (_, response) => response.writeHead(410).end(), 5, "there is nothing (410)"],
    ["what is for others", (_, response) => response.writeHead(403).end(), 5, "the server refuses it (403)"],
    ["another answer", (_, response) => response.writeHead(204).end(), 5, "the server answers 204"],
    [
      "a redirect to itself",
      ({ url }, response) => response.writeHead(302, { location: `${url}` }).end(),
      5,
      "it redirects more than 10 times",
    ],
    ["a redirect to nowhere", (_, response) => response.writeHead(301).end(), 5, "redirects to nowhere"],
    [
      "a redirect to what is not encrypted",
      (_, response) => response.writeHead(302, { location: "http://example.com/a.mp3" }).end(),
      5,
      "it redirects to an address that is not https",
    ],
    [
      "a redirect to another kind of address",
      (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
      5,
      "it redirects to an address that is not https",
    ],
    [
      "more than the service takes",
      (_, response) => response.writeHead(200, { "content-length": "2000000001" }).write("RIFF"),
      9,
      "it is larger than 2 GB",
    ],
    [
      "less than it says",
      (_, response) => {
        response.writeHead(200, { "content-length": "90000" });
        response.write(bytes.subarray(0, 20_000), () => response.destroy());
      },
      6,
      "tried 2 times",
    ],
    [
      "chunks that end in the middle",
      (_, response) => void response.write(bytes.subarray(0, 20_000), () => response.destroy()),
      6,
      "tried 2 times",
    ],
    [
      "a server in trouble",
      (_, response) => response.writeHead(500).end(),
      6,
      "the server has trouble (500)",
    ],
    ["silence", () => {}, 6, "the server was silent for 0.2 s"],
    [
      "silence in the middle",
      (_, response) => void response.writeHead(200).write(bytes.subarray(0, 20_000)),
      6,
      "the server was silent for 0.2 s",
    ],
  ];

  test.each(cases)("%s", async (_name, handler, code, message) => {
    web.pages.set("/a.mp3", handler);
    const argv = ["transcribe", `${web.url}/a.mp3`, ...privately, "--timeout", "0.2", "--json"];
    const outcome = await service.run(argv);
    expect({ exitCode: outcome.exitCode, stdout: outcome.stdout }).toEqual({ exitCode: code, stdout: "" });
    expect(outcome.stderr).toContain(`error: ${web.url}/a.mp3: `);
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).toContain("\nhint: ");
    const { error } = JSON.parse(outcome.stderr.trim().split("\n").at(-1) ?? "");
    expect(error).toMatchObject({ exit: code, file: `${web.url}/a.mp3` });
    expect(filesLeft(outcome)).toEqual([]);
    expect(service.emulator.requests).toEqual([]);
  });
});

describe("what must not be reached is not", () => {
  test.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0.0.0.0",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[::ffff:10.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "localhost",
  ])("%s", async (host) => {
    const { exitCode, stderr } = await service.run(["probe", `https://${host}/a.mp3`, "--retries", "0"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 5,
      stderr: expect.stringMatching(
        / it leads to \S+, which is not on the open internet\n\nhint: .*--allow-private/,
      ),
    });
  });

  test.each([
    ["a name", [{ address: "10.0.0.8", family: 4 }]],
    [
      "a name of two addresses",
      [
        { address: "93.184.215.14", family: 4 },
        { address: "fd12::1", family: 6 },
      ],
    ],
  ])("%s that leads there", async (_name, addresses) => {
    const { exitCode, stderr } = await service.run(["probe", "https://talks.test/a.mp3"], {
      findAddresses: async () => addresses,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringContaining("open internet") });
  });

  test.each([
    ["http://talks.test/a.mp3", "the link is not https"],
    ["http://192.168.1.1/a.mp3", "the link is not https"],
    ["http://127.0.0.1/a.mp3", "the link is not https"],
    ["gs://bucket/hush.mp3", "gs:// links are not supported"],
    ["ftp://me:hush@talks.test/a.mp3", "ftp:// links are not supported"],
    ["file:///home/me/hush.mp3", "file:// links are not read"],
    ["https://me:hush@:99/", "this https:// link is none that can be read"],
  ])("%s is wrong usage", async (link, message) => {
    const { exitCode, stderr } = await service.run(["transcribe", link]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(stderr).toContain("\nhint: ");
    expect(stderr).not.toContain("hush");
  });

  test("render takes no link: a transcript is read from a file", async () => {
    const { exitCode, stderr } = await service.run(["render", "https://talks.test/a.json?hush", "-f", "srt"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining("a link is not read here"),
    });
    expect(stderr).not.toContain("hush");
  });

  test("a host that is not there exits with 5 at once", async () => {
    const { exitCode, stderr } = await service.run(["probe", "https://talks.test/a.mp3"], {
      findAddresses: async () => {
        throw Object.assign(new Error("getaddrinfo ENOTFOUND talks.test"), { code: "ENOTFOUND" });
      },
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 5,
      stderr: expect.stringContaining("no host of that name"),
    });
  });
});
