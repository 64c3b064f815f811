import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { invalid, Refusal } from "./refusal.ts";

/** Every chunk but the last, and what is kept of a broken one, is a multiple of this [run]. */
export const granularity = 8 * 1024 * 1024;

/** The bytes of an upload, on the disk, hashed as they arrive. Between two bodies, a multiple of the granularity. */
export class Received {
  readonly path: string;
  readonly length: number;
  private size = 0;
  private hash = createHash("sha256");
  /** The hash at each multiple of the granularity, for going back to it. */
  private readonly marks: Hash[] = [this.hash.copy()];

  /** `length` is how many there are to be. */
  constructor(path: string, length: number) {
    this.path = path;
    this.length = length;
    writeFileSync(path, "");
  }

  get bytes(): number {
    return this.size;
  }

  /** SHA-256, in hex. */
  get digest(): string {
    return this.hash.copy().digest("hex");
  }

  /**
   * Adds a body. Of one that breaks off, what arrived is kept, down to a multiple of the granularity.
   * Errors: Refusal 400 for one that is too long, or no such multiple: nothing of it is kept.
   */
  async append(body: AsyncIterable<Buffer>, isFinal: boolean): Promise<void> {
    const before = this.size;
    const descriptor = openSync(this.path, "r+");
    try {
      for await (const chunk of body) {
        if (this.size + chunk.length > this.length) throw invalid("More bytes than were announced.");
        writeSync(descriptor, chunk, 0, chunk.length, this.size);
        this.count(chunk);
      }
      if (isFinal) this.assertWhole();
      else if (this.size % granularity !== 0)
        throw invalid(`All chunks but the last must be multiples of ${granularity} bytes.`);
    } catch (thrown) {
      this.cut(thrown instanceof Refusal ? before : this.size);
      throw thrown;
    } finally {
      closeSync(descriptor);
    }
  }

  /** Errors: Refusal 400 unless all has arrived. */
  assertWhole(): void {
    if (this.size !== this.length)
      throw invalid(`The upload was to be ${this.length} bytes; ${this.size} arrived.`);
  }

  /** Throws away all beyond the last multiple of the granularity that is within `size`. */
  cut(size: number): void {
    const granules = Math.max(0, Math.floor(size / granularity));
    this.marks.length = granules + 1;
    this.hash = (this.marks[granules] ?? createHash("sha256")).copy();
    this.size = granules * granularity;
    truncateSync(this.path, this.size);
  }

  private count(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + granularity - (this.size % granularity));
      this.hash.update(piece);
      this.size += piece.length;
      at += piece.length;
      if (this.size % granularity === 0) this.marks.push(this.hash.copy());
    }
  }
}
