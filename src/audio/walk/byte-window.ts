import type { Reader } from "../../world.ts";

const windowBytes = 1 << 20;

/**
 * A window that moves over a file, front to back, in large reads into the same memory.
 * A walker looks at `bytes` and calls `move` when what it needs is not all inside.
 */
export class ByteWindow {
  /** What is in the window. */
  bytes: Uint8Array = new Uint8Array(0);
  /** The position in the file of the window's first byte. */
  start = 0;
  /** Whether the file ends in the window. */
  private isLast = false;
  private readonly memory = Buffer.allocUnsafe(windowBytes);
  private readonly reader: Reader;
  private readonly onAdvance: ((position: number) => void) | undefined;

  constructor(reader: Reader, onAdvance?: (position: number) => void) {
    this.reader = reader;
    this.onAdvance = onAdvance;
  }

  /** The position after the window's last byte. */
  get end(): number {
    return this.start + this.bytes.length;
  }

  /** The position before which every place has so many bytes behind it in the window, or the file's end. */
  safeUntil(length: number): number {
    return this.isLast ? Number.POSITIVE_INFINITY : this.end - length;
  }

  /** Moves the window so that it begins at a position. */
  async move(position: number): Promise<void> {
    this.onAdvance?.(position);
    const count = await this.reader.readInto(this.memory, position);
    this.bytes = this.memory.subarray(0, count);
    this.start = position;
    this.isLast = count < this.memory.length;
  }
}
