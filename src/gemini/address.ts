import { Failure } from "../failure.ts";

const ownAddress = "https://generativelanguage.googleapis.com";

/** The API's version; said explicitly so that a newer SDK's own default changes nothing. */
export const apiVersion = "v1beta";

/**
 * Where the API is: GOOGLE_GEMINI_BASE_URL, else Google's own address. No slash at the end.
 * Errors: Failure `usage` when it is no URL, or would carry the key unencrypted over a network.
 */
export function baseUrl(env: Readonly<Record<string, string | undefined>>): string {
  const given = env["GOOGLE_GEMINI_BASE_URL"]?.trim();
  if (!given) return ownAddress;
  if (!URL.canParse(given)) {
    throw new Failure("usage", "GOOGLE_GEMINI_BASE_URL is not a URL", {
      hint: "unset it to use Google's own address",
    });
  }
  if (!isSafe(new URL(given))) {
    throw new Failure("usage", "GOOGLE_GEMINI_BASE_URL must be https, or the key would travel unencrypted", {
      hint: "http is allowed for 127.0.0.1, ::1 and localhost only",
    });
  }
  return given.replace(/\/+$/, "");
}

/** Whether audio may be sent to a URL: over https, or to this machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  if (protocol === "https:") return true;
  const isLoopback = /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(hostname);
  return protocol === "http:" && isLoopback;
}
