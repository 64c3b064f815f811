import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Failure } from "../failure.ts";

/** Finds all addresses of a host, as the system does. */
export type FindAddresses = (hostname: string) => Promise<readonly LookupAddress[]>;

/**
 * A lookup for sockets that gives addresses of the open internet alone. What is checked is what is connected to: a
 * name that is found elsewhere the next time it is looked up gains nothing by it.
 * It fails with a Failure `input` when any of a host's addresses is of another kind.
 */
export function publicLookup(find: FindAddresses): LookupFunction {
  return (hostname, { all, family }, callback) => {
    find(hostname)
      .then((found) => {
        assertPublic(found.map(({ address }) => address));
        const fitting = found.filter((one) => family === 0 || family === undefined || isOf(one, family));
        const [first] = fitting;
        if (first === undefined) {
          throw Object.assign(new Error(`no address of ${hostname}`), { code: "ENOTFOUND" });
        }
        if (all === true) callback(null, fitting.slice());
        else callback(null, first.address, first.family);
      })
      .catch((thrown: unknown) => callback(thrown instanceof Error ? thrown : new Error(String(thrown)), ""));
  };
}

/**
 * Makes sure that a host that is named by its address, for which no socket looks anything up, is public.
 * Errors: Failure `input`.
 */
export function assertPublicHost(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(bare)) assertPublic([bare]);
}

/** Errors: Failure `input` for an address that is not on the open internet. */
export function assertPublic(addresses: readonly string[]): void {
  const inner = addresses.find((address) => !isPublic(address));
  if (inner === undefined) return;
  throw new Failure("input", `it leads to ${inner}, which is not on the open internet`, {
    hint: "if that is what you want, --allow-private lets links lead to this machine and this network",
  });
}

/** Whether an address is one of the open internet: of no special range, nor one that stands for such a one. */
function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address within an IPv6 one (::ffff:10.0.0.1) is what it stands for.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === "unicast") return true;
  // Networks without IPv4 reach it by this prefix, and name every such host so (RFC 6052).
  if (range !== "rfc6052") return false;
  return isPublic(parsed.toByteArray().slice(-4).join("."));
}

function isOf({ family }: LookupAddress, wanted: number | "IPv4" | "IPv6"): boolean {
  return wanted === family || wanted === `IPv${family}`;
}
