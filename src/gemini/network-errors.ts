/** The statuses that may pass by themselves. */
export const passingStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Whether it was the network that failed, and not the service that spoke. */
export function isBrokenConnection(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  // Node's words for an argument that makes no sense, which no network is to blame for.
  if ("code" in thrown && typeof thrown.code === "string") return !thrown.code.startsWith("ERR_INVALID_");
  return (
    /fetch failed|terminated|other side closed|Incomplete JSON segment/.test(thrown.message) ||
    isBrokenConnection(thrown.cause)
  );
}

/** What broke a connection, and the way out. */
interface NetworkReading {
  readonly reason: string;
  readonly hint: string;
  readonly retryable: boolean;
}

export const credentialsHint =
  "check the user and the password in HTTPS_PROXY or HTTP_PROXY: http://user:password@host:port";
const certificateHint =
  "if a proxy here looks into TLS, name the file of its certificate in NODE_EXTRA_CA_CERTS; check the clock of this computer too";
const clockHint =
  "check the clock of this computer; if it is right, a proxy here may look into TLS: name the file of its certificate in NODE_EXTRA_CA_CERTS";

const networkHints: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there: check HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL if they are set",
  ENOTFOUND: "check the network, and the names in HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL if they are set",
  EAI_AGAIN: "no name server answers: check the network, then run the command again",
  ETIMEDOUT: "check the network; if it is behind a proxy, name that in HTTPS_PROXY",
  UND_ERR_CONNECT_TIMEOUT: "check the network; if it is behind a proxy, name that in HTTPS_PROXY",
  CERT_HAS_EXPIRED: clockHint,
  CERT_NOT_YET_VALID: clockHint,
};

/** Reads a broken connection by what lies at its bottom: undici wraps it in "fetch failed". */
export function readNetwork(thrown: unknown): NetworkReading {
  const { message, code } = bottomOf(thrown);
  const proxyStatus = /^Proxy (?:response|Authentication Required) \((\d+)\)/.exec(message)?.[1];
  if (proxyStatus !== undefined) return readProxyRefusal(Number(proxyStatus));
  const isCertificate = /CERT|^UNABLE_TO_|^INVALID_CA$|^HOSTNAME_MISMATCH$/.test(code);
  const isCut = message === "terminated" || message.includes("Incomplete JSON segment");
  const words = isCut ? "the connection was cut" : message;
  return {
    reason: code === "" || words.includes(code) ? words : `${words} (${code})`.trim(),
    hint:
      networkHints[code] ??
      (isCertificate
        ? certificateHint
        : "check the network, and GOOGLE_GEMINI_BASE_URL if it is set; then run the command again"),
    retryable: !isCertificate,
  };
}

function readProxyRefusal(status: number): NetworkReading {
  return {
    reason: `the proxy refused the connection (${status})`,
    hint:
      status === 407
        ? credentialsHint
        : "ask who runs the proxy in HTTPS_PROXY or HTTP_PROXY; NO_PROXY names hosts to be reached without it",
    retryable: passingStatuses.includes(status),
  };
}

/** The error at the bottom of others; of the several that a name of several addresses gives, the first. */
function bottomOf(thrown: unknown): { readonly message: string; readonly code: string } {
  if (!(thrown instanceof Error)) return { message: String(thrown), code: "" };
  if (thrown.cause instanceof Error) return bottomOf(thrown.cause);
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return bottomOf(thrown.errors[0]);
  return {
    message: thrown.message,
    code: "code" in thrown && typeof thrown.code === "string" ? thrown.code : "",
  };
}
