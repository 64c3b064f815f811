import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileStore } from "./files.ts";
import { type Heard, hear, NotAudio, type Recording } from "./hearing/hear.ts";
import type { QuestionPart } from "./question.ts";
import { invalid, noSuchFile, Refusal } from "./refusal.ts";
import { assertAudioType } from "./request-rules.ts";
import { assertFewVideos, noSuchVideo, type VideoSound } from "./videos.ts";

/** Hears the audio of questions. What was heard once is remembered. */
export class Listener {
  private readonly files: FileStore;
  private readonly origin: () => string;
  private readonly videos: Readonly<Record<string, VideoSound>>;
  private readonly heard = new Map<string, Promise<Heard>>();

  /** `origin` is where the emulator is: a file elsewhere is none of its own, but for the videos that there are. */
  constructor(files: FileStore, origin: () => string, videos: Readonly<Record<string, VideoSound>>) {
    this.files = files;
    this.origin = origin;
    this.videos = videos;
  }

  /** What is heard in each part that is audio. Errors: Refusal, as the service would refuse. */
  async hearAll(parts: readonly QuestionPart[]): Promise<Heard[]> {
    assertFewVideos(parts);
    return Promise.all(parts.flatMap((part) => (part.kind === "text" ? [] : [this.hearPart(part)])));
  }

  /** The time of every file among the parts is over. Errors: Refusal 403. */
  expireAll(parts: readonly QuestionPart[]): void {
    for (const part of parts) if (part.kind === "file") this.files.expire(this.nameOf(part.uri));
  }

  private async hearPart(part: Exclude<QuestionPart, { kind: "text" }>): Promise<Heard> {
    if (part.kind === "heard") return part.heard;
    if (part.kind === "inline") return this.hearInline(part);
    if (part.kind === "video") return this.hearVideo(part.id);
    const name = this.nameOf(part.uri);
    const file = this.files.get(name);
    if (file.state !== "ACTIVE") {
      throw new Refusal(
        400,
        "FAILED_PRECONDITION",
        `The File ${name} is not in an ACTIVE state and usage is not allowed.`,
      );
    }
    return this.hearOnce({ ...file, mimeType: part.mimeType ?? file.mimeType });
  }

  private async hearVideo(id: string): Promise<Heard> {
    const sound = this.videos[id];
    if (sound === undefined) throw noSuchVideo();
    const digest = createHash("sha256")
      .update(await readFile(sound.path))
      .digest("hex");
    const heard = await this.hearOnce({ ...sound, digest });
    return { ...heard, pictures: Math.ceil(heard.seconds) };
  }

  private nameOf(uri: string): string {
    const prefix = `${this.origin()}/v1beta/`;
    if (!uri.startsWith(prefix)) throw noSuchFile(uri);
    return uri.slice(prefix.length);
  }

  private async hearInline({ data, mimeType }: { data: string; mimeType: string }): Promise<Heard> {
    const bytes = Buffer.from(data, "base64");
    if (bytes.length === 0 || bytes.toString("base64") !== data) throw invalid("Base64 decoding failed.");
    const directory = await mkdtemp(join(tmpdir(), "gaudio-emulator-"));
    try {
      const path = join(directory, "inline");
      await writeFile(path, bytes);
      return await this.hearOnce({
        path,
        mimeType,
        digest: createHash("sha256").update(bytes).digest("hex"),
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  private async hearOnce(recording: Recording): Promise<Heard> {
    assertAudioType(recording.mimeType);
    const key = `${recording.digest} ${recording.mimeType}`;
    const hearing = this.heard.get(key) ?? hear(recording);
    this.heard.set(key, hearing);
    try {
      return await hearing;
    } catch (thrown) {
      if (thrown instanceof NotAudio)
        throw invalid(`Request contains an invalid argument: ${thrown.message}`);
      throw thrown;
    }
  }
}
