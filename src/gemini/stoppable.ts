/**
 * A response whose body ends when a signal is aborted. fetch does that itself only as long as its request has
 * not been collected, which it may be as soon as the response is there: then a service that
 * falls silent in the middle of an answer is waited for for ever (undici holds it by a WeakRef) [run].
 */
export function stoppable(response: Response, signal: AbortSignal | null | undefined): Response {
  const { body, status, statusText, headers } = response;
  if (body === null || !signal) return response;
  const reader = body.getReader();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const stop = () => {
        controller.error(signal.reason);
        // Whoever waits has been told; the connection goes with it.
        reader.cancel(signal.reason).catch(() => {});
      };
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, { once: true });
    },
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(stream, { status, statusText, headers });
}
