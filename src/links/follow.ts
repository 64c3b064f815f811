import { Failure } from "../failure.ts";
import type { Got, World } from "../world.ts";
import { printableAddress } from "./read-link.ts";

/** As many as most programs follow. */
const mostRedirects = 10;

const redirects: readonly number[] = [301, 302, 303, 307, 308];

interface Wanted {
  readonly url: string;
  /** Whether addresses of this machine and this network may be reached. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

/**
 * Asks for what is at an address, and goes where that redirects to. Each address on the way is checked as the first was.
 * Errors: Failure `usage` for an address without encryption, `input` for one that is redirected to, for too many
 * redirects and for an address that must not be reached; whatever the network throws.
 */
export async function follow(world: Pick<World, "get" | "version">, wanted: Wanted): Promise<Got> {
  const { allowPrivate, signal } = wanted;
  let address = new URL(wanted.url);
  assertEncrypted(address, allowPrivate, "usage");
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const headers = headersFor(address, world.version);
    const got = await world.get(plainAddress(address), { headers, allowPrivate, signal });
    if (!redirects.includes(got.status)) return got;
    got.discard();
    address = nextAddress(got, address);
    assertEncrypted(address, allowPrivate, "input");
  }
  throw new Failure("input", `it redirects more than ${mostRedirects} times`, {
    hint: "open the link in a browser, and name the address where it ends",
  });
}

/** What is not encrypted can be read, and replaced, by whoever is in between: only this machine has nobody there. */
function assertEncrypted({ protocol, hostname }: URL, allowPrivate: boolean, kind: "usage" | "input"): void {
  if (protocol === "https:") return;
  const isHere = /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(hostname);
  if (protocol === "http:" && isHere && allowPrivate) return;
  const what = kind === "usage" ? "the link is" : "it redirects to an address that is";
  throw new Failure(kind, `${what} not https`, {
    hint:
      protocol === "http:" && isHere
        ? "--allow-private lets links lead to this machine"
        : "try the same link with https://, or download it yourself and name the file",
  });
}

function nextAddress({ headers }: Got, from: URL): URL {
  const location = headers.get("location");
  if (location !== null && URL.canParse(location, from.href)) return new URL(location, from);
  throw new Failure("input", `${printableAddress(from)} redirects to nowhere`, {
    hint: "open the link in a browser, and name the address where it ends",
  });
}

/** The credentials of an address go to its own server and to no other. */
function headersFor({ username, password }: URL, version: string): Record<string, string> {
  const given = [username, password].map((text) => decoded(text)).join(":");
  return {
    accept: "audio/*, video/*;q=0.9, */*;q=0.5",
    // A recording does not get smaller by it, and what it unpacks to would have no bound.
    "accept-encoding": "identity",
    "user-agent": `gaudio/${version}`,
    ...(given === ":" ? {} : { authorization: `Basic ${Buffer.from(given).toString("base64")}` }),
  };
}

/** A `%` that begins no escape stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address as a server is asked for it. */
function plainAddress(address: URL): string {
  const plain = new URL(address);
  plain.username = "";
  plain.password = "";
  plain.hash = "";
  return plain.href;
}
