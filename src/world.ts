import type { Job, JobOutcome } from "./job.ts";

/** Where text goes: stdout or stderr. */
export interface Output {
  readonly isTerminal: boolean;
  /** The terminal's width in characters, 0 when there is none. */
  readonly columns: number;
  /** The stream itself, for a spinner to draw on. */
  readonly stream: NodeJS.WritableStream;
  /**
   * Writes text and resolves when it was handed over.
   * Rejects with the system's error (`EPIPE`, `ENOSPC`) when it could not be.
   */
  write(text: string): Promise<void>;
}

/** Where bytes come from: stdin. */
export interface Input {
  readonly isTerminal: boolean;
  chunks(): AsyncIterable<Uint8Array>;
}

export interface FileStatus {
  readonly kind: "file" | "directory" | "special";
  readonly sizeBytes: number;
  /** When it was last written to, in milliseconds since the epoch. */
  readonly modifiedMs: number;
  /** The same for two names of one file. */
  readonly identity: string;
}

/** A file open for reading at any position. */
export interface Reader {
  readonly sizeBytes: number;
  /**
   * Reads `length` bytes from `position`; fewer only at the end of the file.
   */
  read(position: number, length: number): Promise<Uint8Array>;
  /**
   * Fills `target` from `position`; answers how many bytes it got, fewer only at the end of the file.
   * For scans: no memory is taken for each piece.
   */
  readInto(target: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** A new file open for writing at any position. */
export interface Writer {
  write(position: number, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The file system. Every method rejects with the system's error, its `code` set. */
export interface Files {
  /** What a path names, symbolic links followed; null when there is nothing. */
  status(path: string): Promise<FileStatus | null>;
  /** Where a path leads through symbolic links, be there a file or not. */
  resolve(path: string): Promise<string>;
  open(path: string): Promise<Reader>;
  /**
   * Writes a new file and syncs it to the disk; rejects with EEXIST when there is one.
   * A `private` one is for the user alone (0600), a `shared` one as the umask says.
   */
  create(path: string, content: AsyncIterable<Uint8Array>, access: "private" | "shared"): Promise<void>;
  /** Opens a new private (0600) file; rejects with EEXIST when there is one. */
  openNew(path: string): Promise<Writer>;
  /** Writes into what is there already: a FIFO, a device. */
  append(path: string, content: string): Promise<void>;
  /** Gives a file its name, taking the place of what had it, and its permissions. */
  replace(from: string, to: string): Promise<void>;
  /** Gives a file its name; rejects with EEXIST when the name is taken. */
  link(from: string, to: string): Promise<void>;
  /** Removes a file, if there. */
  remove(path: string): Promise<void>;
  /** Makes a private (0700) directory, and those above it, where they are not there. */
  makeDirectory(path: string): Promise<void>;
  /** Removes a directory, if it is there and empty. */
  removeEmptyDirectory(path: string): Promise<void>;
  /** The names in a directory, in no order; none when it is not there. */
  list(path: string): Promise<readonly string[]>;
  /** Makes a private (0700) directory for one run, which the caller removes. */
  makeTemporaryDirectory(): Promise<string>;
  removeDirectory(path: string): Promise<void>;
}

/** Who runs, as others on this machine see it. */
interface Identity {
  readonly processId: number;
  readonly host: string;
  /** Whether a process of this machine still runs. */
  isRunning(processId: number): boolean;
}

export interface JobLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ProgramLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Given what the program writes to stdout, piece by piece; false ends it. */
  readonly onOutput?: (bytes: Uint8Array) => boolean;
}

/** How another program ended. */
export interface ProgramEnd {
  /** Null when it was ended from here, because nothing more of it was wanted. */
  readonly exitCode: number | null;
  /** The first and the last of what it said on stderr. */
  readonly said: string;
}

/** The other programs of the machine. They are told nothing of the environment but PATH. */
export interface Programs {
  /** Whether a program of that name is on the PATH. */
  has(name: string): Promise<boolean>;
  /**
   * Runs a program to its end. Rejects when it cannot be started or its time is up,
   * and with the signal's reason.
   */
  run(name: string, argv: readonly string[], limits: ProgramLimits): Promise<ProgramEnd>;
}

/** A request whose body is sent as it is read. */
export interface Sending {
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array> | Uint8Array | string;
  readonly signal: AbortSignal;
}

/** An answer, read to its end. */
export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A person at the terminal who types one line after the other, with editing, and earlier lines to come back to. */
export interface Prompter {
  /**
   * Shows `prompt` and waits for a line; null when there are no more (Ctrl-D). Ctrl-C drops what was typed, and
   * where nothing was, stops the run. Rejects with the signal's reason.
   */
  line(prompt: string, signal: AbortSignal): Promise<string | null>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** A request for what is at anybody's address. */
export interface Getting {
  readonly headers: Readonly<Record<string, string>>;
  /** Whether addresses that are not on the open internet may be reached. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

/** The head of an answer, and its body as it comes. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of a body that nobody is going to read. */
  readonly discard: () => void;
}

/** Every effect a run may use. Nothing else of gaudio touches the machine. */
export interface World {
  /** The arguments, without the interpreter and the program. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** gaudio's own version. */
  readonly version: string;
  readonly stdin: Input;
  /** Takes stdin, a terminal, to ask on. `onInterrupt` is told of each Ctrl-C while no line is waited for. */
  openPrompt(onInterrupt: () => void): Promise<Prompter>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly files: Files;
  /**
   * Does a job beside the main thread. Rejects with what went wrong, when its time is up,
   * or with the signal's reason.
   */
  runJob(job: Job, limits: JobLimits): Promise<JobOutcome>;
  readonly programs: Programs;
  readonly identity: Identity;
  readonly fetch: typeof fetch;
  /**
   * Sends a request with a body that may be large: no more of it is in memory than is on its way. Redirects
   * are not followed. An answer that comes while the body is still being sent ends the sending.
   * Rejects with the connection's error, the body's, or the signal's reason.
   */
  send(url: string, sending: Sending): Promise<Sent>;
  /**
   * Asks for what is at an address that anybody may have made up. Redirects are not followed. The signal ends the
   * body too, until which it stays open.
   * Rejects with a Failure `input` for an address that must not be reached, the connection's error, or the signal's
   * reason.
   */
  get(url: string, getting: Getting): Promise<Got>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits; rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Unpredictable bytes, in hex. */
  randomHex(bytes: number): string;
  /** Aborted when the run shall stop: Ctrl-C, SIGTERM, or nobody reads stdout any more. */
  readonly signal: AbortSignal;
}
