import type { Format } from "../invocation.ts";
import { printDocument } from "./document.ts";
import { printable } from "./printable.ts";
import { renderRows } from "./rows.ts";
import { renderTable } from "./table.ts";

/** A file on the service, as it is printed. All of it but `isMadeByGaudio` is the service's word. */
export interface FileFacts {
  /** `files/<id>`. */
  readonly name: string;
  readonly uri: string;
  readonly state: string;
  readonly mimeType: string | null;
  readonly sizeBytes: number | null;
  /** In hex. */
  readonly sha256: string | null;
  readonly displayName: string | null;
  readonly created: string | null;
  readonly expires: string | null;
  readonly isMadeByGaudio: boolean;
}

/** Every format of a list of files. The text of an empty one is empty. */
export const fileListRenderers = {
  text: (files) => renderTable(columns, files.map(cellsOf)),
  json: renderDocument,
} as const satisfies Record<Format, (files: readonly FileFacts[]) => string>;

/** Every format of one file by itself. */
export const fileRenderers = {
  text: renderFile,
  json: (file) => renderDocument([file]),
} as const satisfies Record<Format, (file: FileFacts) => string>;

/** Every format of the names of files that were uploaded. */
export const uploadRenderers = {
  text: (files) => files.map(({ name }) => printable(name)).join("\n"),
  json: renderDocument,
} as const satisfies Record<Format, (files: readonly FileFacts[]) => string>;

/** What deleting files came to. */
export interface Deletion {
  readonly deleted: readonly string[];
  /** What was gone already, or was never there. */
  readonly gone: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: string }[];
}

/** Every format of a deletion. */
export const deletionRenderers = {
  text: ({ deleted }) => deleted.map(printable).join("\n"),
  json: (deletion) => printDocument(deletion),
} as const satisfies Record<Format, (deletion: Deletion) => string>;

function renderDocument(files: readonly FileFacts[]): string {
  return printDocument({
    files: files.map((file) => ({
      name: file.name,
      uri: file.uri,
      state: file.state,
      mime_type: file.mimeType,
      bytes: file.sizeBytes,
      sha256: file.sha256,
      display_name: file.displayName,
      created: file.created,
      expires: file.expires,
      made_by_gaudio: file.isMadeByGaudio,
    })),
  });
}

function renderFile(file: FileFacts): string {
  return renderRows([
    ["name", printable(file.name)],
    ["uri", printable(file.uri)],
    ["state", printable(file.state)],
    ["type", told(file.mimeType)],
    ["bytes", told(file.sizeBytes)],
    ["sha256", told(file.sha256)],
    ["created", told(file.created)],
    ["expires", told(file.expires)],
    ["made by", file.isMadeByGaudio ? "gaudio" : "others"],
    ...(file.displayName === null ? [] : [["display name", printable(file.displayName)] as const]),
  ]);
}

const columns = ["NAME", "STATE", "BYTES", "TYPE", "CREATED", "EXPIRES", "MADE BY", "DISPLAY NAME"];

function cellsOf(file: FileFacts): string[] {
  return [
    printable(file.name),
    printable(file.state),
    told(file.sizeBytes),
    told(file.mimeType),
    told(file.created),
    told(file.expires),
    file.isMadeByGaudio ? "gaudio" : "others",
    printable(file.displayName ?? ""),
  ];
}

function told(value: string | number | null): string {
  return value === null ? "unknown" : printable(String(value));
}
