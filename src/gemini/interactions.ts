import type { Piece } from "./attempt.ts";
import type { Client } from "./client.ts";
import { blockCode } from "./errors.ts";
import { fetchWithAudio } from "./inline.ts";
import { bodyOf } from "./interaction-body.ts";
import { endOf, pieceOf, readEvent, readWhole, wholePiece } from "./interaction-events.ts";
import type { ModelRequest, Part } from "./model.ts";

/** One request and no other: the SDK would try again five times, and go on by itself with what is unfinished [run]. */
const options = { maxRetries: 0 } as const;
const once = { automatic_continuation: false } as const;

/**
 * Asks a model once with the Interactions API: one that follows instructions answers bit by bit, one that
 * transcribes at once. An answer that is blocked ends so, whether the service refuses the request or
 * breaks off in its midst, as with generateContent.
 */
export async function* interact(
  client: Client,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const interactions = client.interactionsBy(oneFetch(client.fetch, request.parts, signal));
  const body = bodyOf(request);
  try {
    if (request.kind === "general") {
      yield* followed(await interactions.create({ ...body, ...once, stream: true }, options));
    } else {
      yield wholePiece(await interactions.create({ ...body, ...once }, options));
    }
  } catch (thrown) {
    const by = blockCode(thrown);
    if (by === null) throw thrown;
    yield { events: [], end: { kind: "blocked", by } };
  }
}

/**
 * What one request is sent with. The signal is given here and not to the SDK: it makes one Request of another,
 * and the signals of those are forgotten with them [run].
 */
function oneFetch(fetch: typeof globalThis.fetch, parts: readonly Part[], signal: AbortSignal): typeof fetch {
  const send = fetchWithAudio(fetch, parts);
  return async (input, init) => withoutToken(await send(input, { ...init, signal }));
}

/**
 * An answer without the token by which it could be gone on with: of one that is left unfinished, the SDK
 * warns on stderr [run]. A stream is left before it comes to that.
 */
async function withoutToken(response: Response): Promise<Response> {
  const { status, headers } = response;
  if (!response.ok || !headers.get("content-type")?.includes("json")) return response;
  const text = await response.text();
  // Within a text, the quotes would be escaped.
  return new Response(text.replace('"continuation_token":', '"unused_token":'), { status, headers });
}

/** Follows a stream. One that ends before the interaction is completed is cut, unless it told why. */
async function* followed(stream: AsyncIterable<unknown>): AsyncGenerator<Piece> {
  let hasSaid = false;
  let status: string | null = null;
  for await (const told of stream) {
    const event = readEvent(told);
    // It is given like any other, not thrown [run].
    if (event.event_type === "error") throw new StreamError(told);
    const piece = pieceOf(event);
    hasSaid ||= piece.events.some(({ kind }) => kind === "text" || kind === "words");
    status = event.status ?? event.interaction?.status ?? status;
    // An answer that did not arrive bit by bit may be here as a whole [types].
    const whole = piece.end === null || hasSaid ? [] : readWhole(event.interaction ?? {});
    yield { events: [...piece.events, ...whole], end: piece.end };
    if (piece.end !== null || status === "requires_continuation") break;
  }
  if (status !== null && !unfinished.includes(status)) yield { events: [], end: endOf(status) };
}

/** What an interaction may be in whose stream ends too early. */
const unfinished: readonly string[] = ["in_progress", "queued", "completed"];

/** An error in the middle of a stream. */
class StreamError extends Error {
  /** What the service told. */
  readonly error: unknown;

  constructor(told: unknown) {
    super("the stream tells of an error");
    this.error = told;
  }
}
