import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Invocation } from "../invocation.ts";
import type { World } from "../world.ts";

/** What a command's file needs: the machine's facts, and where its Invocation goes. */
export interface CommandContext {
  readonly world: World;
  readonly accept: (invocation: Invocation) => void;
}

export interface CommandEntry {
  readonly name: Exclude<Invocation["kind"], "schema">;
  readonly description: string;
  /** What is to be given to it. */
  readonly usage: string;
  readonly load: () => Promise<{ define: (context: CommandContext) => CommandUnknownOpts }>;
}

/** Every command. Its file is loaded only when its name is among the arguments. */
export const commands: readonly CommandEntry[] = [
  {
    name: "transcribe",
    description: "print what is said in a recording",
    usage: "[options] <audio>",
    load: () => import("./transcribe.ts"),
  },
  {
    name: "summarize",
    description: "print what recordings are about",
    usage: "[options] <audio...>",
    load: () => import("./summarize.ts"),
  },
  {
    name: "describe",
    description: "print what is heard in recordings, speech and all else",
    usage: "[options] <audio...>",
    load: () => import("./describe.ts"),
  },
  {
    name: "ask",
    description: "print the answers to questions about recordings",
    usage: "[options] <question> <audio...>",
    load: () => import("./ask.ts"),
  },
  {
    name: "chat",
    description: "answer questions about recordings as they are typed",
    usage: "[options] <audio...>",
    load: () => import("./chat.ts"),
  },
  {
    name: "render",
    description: "write a transcript in another format; nothing is sent",
    usage: "[options] <transcript>",
    load: () => import("./render.ts"),
  },
  {
    name: "speakers",
    description: "cut a clip of each speaker, to know them by; nothing is sent",
    usage: "[options] <transcript> <audio>",
    load: () => import("./speakers.ts"),
  },
  {
    name: "probe",
    description: "print what recordings are and how they would be sent; without --count, nothing is sent",
    usage: "[options] <audio...>",
    load: () => import("./probe.ts"),
  },
  {
    name: "files",
    description: "list, upload and delete files on the service",
    usage: "<command> [options]",
    load: () => import("./files.ts"),
  },
  {
    name: "journal",
    description: "list and clear the answers that are kept on this machine",
    usage: "<command> [options]",
    load: () => import("./journal.ts"),
  },
  {
    name: "models",
    description: "print the models that gaudio knows, and what they cost",
    usage: "[options]",
    load: () => import("./models.ts"),
  },
];

/** The commands' names. */
export const commandNames: readonly string[] = commands.map(({ name }) => name);
