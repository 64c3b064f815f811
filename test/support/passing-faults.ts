import type { Fault } from "../emulator/faults.ts";

/** What the service says when it has too much to do. */
export const overloaded = JSON.stringify({
  error: { code: 503, status: "UNAVAILABLE", message: "Overloaded." },
});
const tooMany = JSON.stringify({
  error: {
    code: 429,
    status: "RESOURCE_EXHAUSTED",
    message: "Too many.",
    details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "0.3s" }],
  },
});
/** What passes by itself, at every step. */
export const passingFaults: readonly Fault[] = [
  { kind: "status", status: 408, body: "" },
  { kind: "status", status: 429, body: tooMany },
  { kind: "status", status: 429, body: "", headers: { "Retry-After": "1" } },
  { kind: "status", status: 500, body: "<html>oops</html>" },
  { kind: "status", status: 502, body: "" },
  { kind: "status", status: 503, body: overloaded },
  { kind: "status", status: 504, body: "" },
  { kind: "reset", when: { at: "before" } },
  { kind: "reset", when: { at: "during", bytes: 50_000 } },
  { kind: "reset", when: { at: "after" } },
  { kind: "disconnect", keep: 0 },
  { kind: "lost-answer" },
  { kind: "hang" },
  { kind: "silence", ms: 150 },
  { kind: "silence", ms: 1_200 },
];
