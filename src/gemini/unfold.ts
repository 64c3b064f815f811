/** A request, taken apart. */
export interface Unfolded {
  readonly url: string | URL;
  readonly init: RequestInit;
}

/**
 * Takes a request apart, however fetch was given it: as an address and what belongs to it, as most of the
 * SDK does, or as a Request, as its interactions do [run]. What the init says goes first.
 */
export async function unfold(input: string | URL | Request, init: RequestInit = {}): Promise<Unfolded> {
  if (!(input instanceof Request)) return { url: input, init };
  const { url, method, headers, signal } = input;
  // Read before it is sent: as a stream, it would be of a length that nobody knows beforehand.
  const body = input.body === null ? null : await input.text();
  return { url, init: { method, headers, signal, body, ...init } };
}
