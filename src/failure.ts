/** Why a run did not do all that was asked. */
export type FailureKind =
  | "bug"
  | "usage"
  | "partial"
  | "key"
  | "input"
  | "service"
  | "blocked"
  | "incomplete"
  | "limit"
  | "output";

/** The exit code of each kind; scripts rely on these numbers. */
const exitCodes = {
  bug: 1,
  usage: 2,
  partial: 3,
  key: 4,
  input: 5,
  service: 6,
  blocked: 7,
  incomplete: 8,
  limit: 9,
  output: 10,
} as const satisfies Record<FailureKind, number>;

interface FailureFacts {
  /** What the user can do about it. */
  readonly hint?: string;
  /** The input or output that it is about, as the user named it. */
  readonly file?: string;
  /** Whether the same command may succeed later. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** A known failure: what happened in a sentence, and the way out. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly kind: FailureKind;
  readonly hint: string | null;
  readonly file: string | null;
  readonly retryable: boolean;

  constructor(kind: FailureKind, message: string, facts: FailureFacts = {}) {
    super(message, { cause: facts.cause });
    this.kind = kind;
    this.hint = facts.hint ?? null;
    this.file = facts.file ?? null;
    this.retryable = facts.retryable ?? false;
  }

  /** The same failure, told of a file, unless it names one already. */
  about(file: string): Failure {
    if (this.file !== null) return this;
    const { kind, hint, retryable, cause } = this;
    return new Failure(kind, `${file}: ${this.message}`, {
      ...(hint !== null && { hint }),
      file,
      retryable,
      cause,
    });
  }

  /** The same failure with more to say. */
  adding(more: string): Failure {
    const { kind, hint, file, retryable, cause } = this;
    return new Failure(kind, `${this.message}${more}`, {
      ...(hint !== null && { hint }),
      ...(file !== null && { file }),
      retryable,
      cause,
    });
  }

  get exitCode(): number {
    return exitCodes[this.kind];
  }
}

/**
 * Makes a Failure of anything thrown: what nobody foresaw is a bug of gaudio's.
 */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure("bug", `unexpected: ${message}`, {
    hint: "this is a bug in gaudio: run the command again with --debug and report what it prints",
    cause: thrown,
  });
}

/** The reason that World.signal carries when nobody reads stdout any more (`| head -1`). */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";

  constructor() {
    super("the reader of stdout has gone");
  }
}

const systemReasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  ENOENT: "no such file or directory",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  EEXIST: "it exists already",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EMFILE: "too many open files",
  EIO: "input/output error",
  EPIPE: "the reader has gone",
};

/** The code of a system error (`ENOENT`), or null for anything else. */
export function systemCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !("code" in thrown)) return null;
  return typeof thrown.code === "string" ? thrown.code : null;
}

/** A system error in words a person reads: "permission denied". */
export function systemReason(thrown: unknown): string {
  const code = systemCode(thrown);
  if (code !== null) return systemReasons[code] ?? code;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
