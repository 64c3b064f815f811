/** How long the service asks to wait, in milliseconds; null when it does not. */
export function retryAfterMs(_thrown: unknown, _now: number): number | null {
  return null;
}
