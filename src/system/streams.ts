import type { Input, Output } from "../world.ts";

/** stdin as an Input. */
export function createInput(process: NodeJS.Process): Input {
  return {
    get isTerminal() {
      return process.stdin.isTTY === true;
    },
    chunks: () => process.stdin,
  };
}

/**
 * A process's stdout or stderr as an Output. The stream is made when it is first used,
 * because making it costs time that `--version` need not spend twice.
 * `gone` is called when the reader has closed its end.
 */
export function createOutput(open: () => NodeJS.WriteStream, gone: () => void): Output {
  let opened: NodeJS.WriteStream | null = null;
  const stream = () => {
    if (opened === null) {
      opened = open();
      // Without a listener, the error that write() reports below would end the process.
      opened.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "EPIPE") gone();
      });
    }
    return opened;
  };
  return {
    get isTerminal() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns ?? 0;
    },
    get stream() {
      return stream();
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream().write(text, (error) => (error ? reject(error) : resolve()));
      }),
  };
}
