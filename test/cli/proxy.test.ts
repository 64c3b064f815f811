import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { outcomeOf, spawnGaudio, useFolder } from "../support/child.ts";
import { dialogueTurns } from "../support/fixtures.ts";
import { findDeadPort, startProxy } from "../support/proxy.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator();
const folder = useFolder();

const transcript = `${dialogueTurns.join("\n")}\n`;

function transcribe(env: Readonly<Record<string, string>>, ...argv: string[]) {
  const child = spawnGaudio(["transcribe", "fixtures/dialogue.mp3", "-q", ...argv], {
    GEMINI_API_KEY: sentinelKey,
    GOOGLE_GEMINI_BASE_URL: service.emulator.url,
    GAUDIO_MODEL: generalModel,
    TMPDIR: folder.path,
    ...env,
  });
  return outcomeOf(child);
}

test.each(["inline", "upload"])(
  "a dead proxy is nothing to a service on loopback, by %s",
  async (delivery) => {
    const dead = `http://127.0.0.1:${await findDeadPort()}`;
    const outcome = await transcribe({ HTTPS_PROXY: dead, HTTP_PROXY: dead }, "--delivery", delivery);
    expect(outcome).toEqual({ code: 0, signal: null, stdout: transcript, stderr: "" });
  },
);

const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasOpenssl)("a service by https through a proxy", () => {
  /** The emulator behind TLS, as `gemini.test`, and a proxy that alone knows the way there. */
  async function startEncrypted(credentials = "me:secret") {
    const [key, certificate] = [join(folder.path, "key.pem"), join(folder.path, "certificate.pem")];
    const subject = "-subj /CN=gemini.test -addext subjectAltName=DNS:gemini.test";
    const request = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 ${subject}`;
    const files = ["-keyout", key, "-out", certificate];
    execFileSync("openssl", [...request.split(" "), ...files], { stdio: "ignore" });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (client) => {
      const target = connect(Number(new URL(service.emulator.url).port), "127.0.0.1");
      target.on("error", () => client.destroy());
      client.on("error", () => target.destroy());
      client.pipe(target).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const proxy = await startProxy({ ports: { "gemini.test": port }, credentials });
    return {
      proxy,
      env: {
        GOOGLE_GEMINI_BASE_URL: "https://gemini.test",
        HTTPS_PROXY: proxy.url.replace("//", `//${credentials}@`),
        NODE_EXTRA_CA_CERTS: certificate,
      },
      close: async () => {
        await proxy.close();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  test("is reached, and the proxy sees nothing but the name", async () => {
    const { proxy, env, close } = await startEncrypted();
    const outcome = await transcribe(env);
    expect(outcome).toEqual({ code: 0, signal: null, stdout: transcript, stderr: "" });
    expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT gemini.test:443"]));
    await close();
  });

  test("is not trusted when its certificate is not: exit 6, and the way out", async () => {
    const { env, close } = await startEncrypted();
    const { code, stdout, stderr } = await transcribe({ ...env, NODE_EXTRA_CA_CERTS: "" });
    expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
    expect(stderr).toMatch(/hint: .*NODE_EXTRA_CA_CERTS/);
    await close();
  });

  test("is not reached with the wrong credentials: exit 6, and the way out", async () => {
    const { proxy, env, close } = await startEncrypted();
    const wrong = proxy.url.replace("//", "//me:mistaken@");
    const { code, stderr } = await transcribe({ ...env, HTTPS_PROXY: wrong });
    expect(code).toBe(6);
    expect(stderr).toMatch(/the proxy refused the connection \(407\)\n\nhint: .*HTTPS_PROXY/);
    expect(stderr).not.toMatch(/secret|mistaken/);
    await close();
  });
});
