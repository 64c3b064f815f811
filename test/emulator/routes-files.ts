import { describeFile } from "./files.ts";
import { type Exchange, send } from "./http.ts";
import { meet } from "./meet.ts";
import { pageOf } from "./paging.ts";
import { notFound } from "./refusal.ts";
import type { Service } from "./routes.ts";

/** Answers with a page of the files: 10, or as many as are asked for, up to 100 [doc]. Errors: Refusal 400. */
export function listFiles(
  { files, faults, origin }: Service,
  exchange: Exchange,
  query: URLSearchParams,
): Promise<void> {
  return meet(faults, exchange, {
    route: "files.list",
    work: () => {
      const { items, next } = pageOf(files.list(), query, { usual: 10, most: 100 });
      const page = items.map((file) => describeFile(file, origin()));
      return { ...(page.length > 0 ? { files: page } : {}), ...next };
    },
    answer: (listed) => send(exchange.response, { status: 200, body: JSON.stringify(listed) }),
  });
}

interface FileRequest {
  readonly method: string;
  readonly name: string;
}

/** Describes or deletes a file. Errors: Refusal. */
export async function fileRequest(
  service: Service,
  exchange: Exchange,
  { method, name }: FileRequest,
): Promise<void> {
  if (method === "GET") return getFile(service, exchange, name);
  if (method === "DELETE") return deleteFile(service, exchange, name);
  throw notFound(`Nothing is at ${method} ${name}.`);
}

function getFile({ files, faults, origin }: Service, exchange: Exchange, name: string): Promise<void> {
  return meet(faults, exchange, {
    route: "files.get",
    work: (fault) => {
      if (fault?.kind === "processing") files.hold(name, fault.ms);
      if (fault?.kind === "file-failed") files.fail(name);
      if (fault?.kind === "expired") files.expire(name);
      return describeFile(files.get(name), origin());
    },
    answer: (described) => send(exchange.response, { status: 200, body: JSON.stringify(described) }),
  });
}

function deleteFile({ files, faults }: Service, exchange: Exchange, name: string): Promise<void> {
  return meet(faults, exchange, {
    route: "files.delete",
    work: () => files.delete(name),
    answer: () => send(exchange.response, { status: 200, body: "{}" }),
  });
}
