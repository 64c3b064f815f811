import { expect } from "vitest";
import { Failure } from "../../../src/failure.ts";

/** The Failure of reading: `input`, with a hint and the file's name. Anything else that is thrown is a defect. */
export function failureOf(read: () => unknown): Failure {
  try {
    read();
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    expect(thrown.kind).toBe("input");
    expect(thrown.hint).not.toBeNull();
    expect(thrown.file).not.toBeNull();
    expect(thrown.message).toContain(thrown.file);
    expect(thrown.message).not.toMatch(/(?![\t\n])\p{Cc}/u);
    return thrown;
  }
  throw new Error("nothing failed");
}
