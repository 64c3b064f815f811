import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { isRemoteName } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { FilesAction } from "../invocation.ts";
import type { CommandContext } from "./commands.ts";
import { withAccess, withAudio, withFormat, withTalk } from "./flags.ts";
import { accessOf, formatOf, preparingOf, sourceOf, talkOf } from "./options.ts";

const examples = `
Examples:
  $ gaudio files list
  $ gaudio files upload interview.mp3
  $ gaudio files delete --all
`;

/** gaudio files list|get|delete|upload */
export function define(context: CommandContext) {
  return new Command("files")
    .addHelpText("after", examples)
    .addCommand(defineList(context))
    .addCommand(defineGet(context))
    .addCommand(defineDelete(context))
    .addCommand(defineUpload(context));
}

function defineList({ world, accept }: CommandContext) {
  return withAccess(withTalk(withFormat(new Command("list"))))
    .description("print what is on the service, and what of it gaudio made")
    .action((options) => accept(invocationOf({ world }, options, { kind: "list" })));
}

function defineGet({ world, accept }: CommandContext) {
  return withAccess(withTalk(withFormat(new Command("get"))))
    .description("print what the service tells of one file")
    .argument("<name>", "the file: files/<id>, or its id alone")
    .action((name, options) =>
      accept(invocationOf({ world }, options, { kind: "get", name: remoteNameOf(name) })),
    );
}

function defineDelete({ world, accept }: CommandContext) {
  return withAccess(withTalk(withFormat(new Command("delete"))))
    .description("delete files from the service")
    .argument("[names...]", "the files: files/<id>, or their ids alone")
    .optionsGroup("Which:")
    .option("--all", "delete every file that gaudio made, and no other")
    .action((names, options) =>
      accept(invocationOf({ world }, options, deletionOf(names, options.all === true))),
    );
}

function defineUpload({ world, accept }: CommandContext) {
  return withAccess(withAudio(withTalk(withFormat(new Command("upload")))))
    .description("upload recordings, which stay on the service for up to 48 hours, and print their names")
    .argument("<audio...>", "the recordings: files, - for stdin, or https links")
    .optionsGroup("Upload:")
    .option("--display-name <text>", "what the service lists them as (default: nothing)", parseDisplayName)
    .action((audio, options) =>
      accept(
        invocationOf({ world }, options, {
          kind: "upload",
          sources: audio.map(sourceOf),
          preparing: preparingOf(options),
          displayName: options.displayName ?? null,
        }),
      ),
    );
}

type FilesOptions = Parameters<typeof talkOf>[1] &
  Parameters<typeof accessOf>[0] &
  Parameters<typeof formatOf>[0];

function invocationOf({ world }: Pick<CommandContext, "world">, options: FilesOptions, action: FilesAction) {
  return {
    kind: "files",
    talk: talkOf(world, options),
    access: accessOf(options),
    format: formatOf(options),
    action,
  } as const;
}

function deletionOf(names: readonly string[], isAll: boolean): FilesAction {
  if (names.length > 0 && isAll) {
    throw new Failure("usage", "names and --all contradict each other", { hint: "leave one of them out" });
  }
  if (isAll) return { kind: "delete-made" };
  if (names.length > 0) return { kind: "delete", names: [...new Set(names.map(remoteNameOf))] };
  throw new Failure("usage", "nothing to delete was named", {
    hint: "name files, or delete all that gaudio made with --all; gaudio files list shows them",
  });
}

/** `files/<id>`, of that or the id alone; other names would end up as other addresses. */
function remoteNameOf(argument: string): string {
  const name = `files/${argument.replace(/^files\//, "")}`;
  if (isRemoteName(name)) return name;
  throw new Failure("usage", `${argument}: this is no name of a file on the service`, {
    hint: "it is files/<id>, the id of lower-case letters, digits and dashes; gaudio files list shows them",
  });
}

/** The service takes 512 characters [doc]. */
function parseDisplayName(value: string): string {
  if (value.trim() !== "" && value.length <= 512) return value;
  throw new InvalidArgumentError("It must be a text of at most 512 characters.");
}
