import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions } from "strtok3/core";
import type { Reader } from "../world.ts";

/** Large enough that a parser's millions of small reads become few of the disk's. */
const windowBytes = 1 << 20;

/** A parser that asks for more follows a size that is damaged or made up. */
const largestRead = 64 << 20;

/** A Reader in the shape that file-type and music-metadata read from, a window at a time. */
export class ReaderTokenizer extends AbstractTokenizer {
  override readonly fileInfo: { size: number; mimeType?: string };
  private readonly reader: Reader;
  private window: Uint8Array = new Uint8Array(0);
  private windowStart = 0;

  constructor(reader: Reader, mimeType?: string) {
    super();
    this.reader = reader;
    this.fileInfo = { size: reader.sizeBytes, ...(mimeType === undefined ? {} : { mimeType }) };
  }

  override supportsRandomAccess(): true {
    return true;
  }

  setPosition(position: number): void {
    this.position = position;
  }

  override async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const position = options?.position ?? this.position;
    const count = await this.peekBuffer(target, { ...options, position });
    this.position = position + count;
    return count;
  }

  override async peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(target, options);
    if (length > largestRead) throw new EndOfStreamError();
    const bytes = await this.bytesAt(position, length);
    if (bytes.length < length && mayBeLess !== true) throw new EndOfStreamError();
    target.set(bytes);
    return bytes.length;
  }

  private async bytesAt(position: number, length: number): Promise<Uint8Array> {
    const offset = position - this.windowStart;
    if (offset < 0 || offset + length > this.window.length) {
      this.window = await this.reader.read(position, Math.max(length, windowBytes));
      this.windowStart = position;
      return this.window.subarray(0, length);
    }
    return this.window.subarray(offset, offset + length);
  }
}
