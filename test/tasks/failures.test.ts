import { describe, expect, test } from "vitest";
import type { Fault, Route } from "../emulator/faults.ts";
import { startEmulator } from "../emulator/server.ts";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { generalModel, ways } from "../support/ways.ts";

const service = useEmulator({ model: generalModel });
const interview = { "interview.wav": fixture("dialogue.wav") };

describe.each(ways)("failures of the service by $api", ({ api, route: asking }) => {
  const argv = ["transcribe", "interview.wav", "--api", api];
  const unavailable = JSON.stringify({
    error: { code: 503, status: "UNAVAILABLE", message: "The model is overloaded." },
  });

  test.each<readonly [Route]>([["upload.start"], ["upload.send"], [asking]])(
    "503 at %s exits with 6 in the service's words, and leaves no file",
    async (route) => {
      service.emulator.faults.add(route, { kind: "status", status: 503, body: unavailable });
      const { exitCode, stdout, stderr } = await service.run(
        [...argv, "--delivery", "upload", "--retries", "0"],
        { files: interview },
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
      expect(stderr).toContain("The model is overloaded. (503)");
    },
  );

  test.each<readonly [Route]>([["upload.start"], ["upload.send"], [asking]])(
    "silence at %s exits with 6 after --timeout",
    async (route) => {
      service.emulator.faults.add(route, { kind: "hang" });
      const { exitCode, stderr } = await service.run(
        [...argv, "--delivery", "upload", "--timeout", "0.2", "--retries", "0"],
        { files: interview },
      );
      expect(exitCode).toBe(6);
      expect(stderr).toContain("silent for 0.2 s");
    },
  );

  test.each([
    ["is cut", { kind: "disconnect", keep: 0 }],
    ["is no JSON", { kind: "status", status: 200, body: "<html>hello</html>" }],
    ["is a file that makes no sense", { kind: "status", status: 200, body: '{"file":{"name":7}}' }],
    ["never comes", { kind: "lost-answer" }],
  ] satisfies [string, Fault][])(
    "an answer to an upload that %s exits with 6, names the recording, and leaves no file",
    async (_, fault) => {
      service.emulator.faults.add("upload.send", fault);
      const uploading = [...argv, "--delivery=upload", "--timeout=0.5", "--retries=0"];
      const { exitCode, stderr } = await service.run(uploading, { files: interview });
      expect(exitCode).toBe(6);
      expect(stderr).toMatch(/error: interview\.wav: /);
    },
  );

  test("a reader of stdout that is slower than --timeout loses nothing", async () => {
    const { exitCode, stdout } = await service.run([...argv, "--timeout", "0.3"], {
      files: interview,
      stdoutDelayMs: 450,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${dialogueTurns.join("\n")}\n` });
  });

  test("a file that the service cannot read exits with 6", async () => {
    service.emulator.faults.add("files.get", { kind: "file-failed" });
    const { exitCode, stderr } = await service.run([...argv, "--delivery", "upload"], {
      files: interview,
    });
    expect(exitCode).toBe(6);
    expect(stderr).toContain("could not be processed");
  });

  test("a delete that fails is a warning that names what is left; the transcript stands", async () => {
    service.emulator.faults.add("files.delete", { kind: "status", status: 503, body: unavailable });
    const { exitCode, stdout, stderr } = await service.run([...argv, "--delivery", "upload"], {
      files: interview,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(dialogueTurns[0]);
    expect(stderr).toMatch(/warning: files\/gaudio-[0-9a-f]+ is still on the service/);
    await deleteLeftFiles();
  });

  test("a refused key exits with 4, an unknown model with 2", async () => {
    const env = { GEMINI_API_KEY: "wrong" };
    expect(await service.run(argv, { files: interview, env })).toMatchObject({
      exitCode: 4,
    });
    const unknown = await service.run([...argv, "-m", "gemini-9"], {
      files: interview,
    });
    expect(unknown).toMatchObject({ exitCode: 2 });
    expect(unknown.stderr).toContain("hint: check the model's name; gaudio knows gemini-3.8-flash");
  });

  test("nothing listening exits with 6", async () => {
    const gone = await startEmulator({ key: "any" });
    await gone.close();
    const env = { GOOGLE_GEMINI_BASE_URL: gone.url };
    const { exitCode, stderr } = await service.run(argv, {
      files: interview,
      env,
    });
    expect(exitCode).toBe(6);
    expect(stderr).toContain("ECONNREFUSED");
  });
});

async function deleteLeftFiles(): Promise<void> {
  for (const name of service.emulator.fileNames()) {
    await fetch(`${service.emulator.url}/v1beta/${name}`, {
      method: "DELETE",
      headers: { "x-goog-api-key": sentinelKey },
    });
  }
}
