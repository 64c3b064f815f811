/** Samples that were read and are still needed: added at the end, dropped at the beginning, seldom moved. */
export class SampleQueue {
  private samples = new Float32Array(1 << 16);
  private from = 0;
  private to = 0;

  get length(): number {
    return this.to - this.from;
  }

  add(chunk: Float32Array): void {
    if (this.to + chunk.length > this.samples.length) this.makeRoom(chunk.length);
    this.samples.set(chunk, this.to);
    this.to += chunk.length;
  }

  /** The first of those that are held, or all; they are as they are until more are added. */
  first(count: number): Float32Array {
    return this.samples.subarray(this.from, Math.min(this.to, this.from + count));
  }

  drop(count: number): void {
    this.from = Math.min(this.to, this.from + count);
  }

  private makeRoom(more: number): void {
    const held = this.first(this.length);
    const needed = held.length + more;
    // Half as much again as is needed, or each small chunk would move all.
    const room = needed * 2 > this.samples.length ? new Float32Array(Math.ceil(needed * 2.5)) : this.samples;
    if (room === this.samples) room.copyWithin(0, this.from, this.to);
    else room.set(held);
    this.samples = room;
    this.from = 0;
    this.to = held.length;
  }
}
