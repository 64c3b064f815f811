/** The places where a fault can strike. */
export type Route = "upload.start" | "upload.send" | "files.get" | "files.delete" | "generate";

/** What goes wrong instead of what should happen. */
export type Fault =
  /** The request is refused, with a body of the service's or any other. */
  | { readonly kind: "status"; readonly status: number; readonly body: string }
  /** Nothing is answered, ever. */
  | { readonly kind: "hang" }
  /** What was asked is done, but the answer never comes. */
  | { readonly kind: "lost-answer" }
  /** The answer stops after some characters, and the connection stays open. */
  | { readonly kind: "stall"; readonly keep: number }
  /** The connection is cut: an answer after some characters, all else at once. */
  | { readonly kind: "disconnect"; readonly keep: number }
  /** The answer ends with another finish reason, after some characters. */
  | { readonly kind: "finish"; readonly reason: string; readonly keep: number }
  /** The answer stops after some characters, without a finish reason. */
  | { readonly kind: "silent-end"; readonly keep: number }
  /** The prompt is blocked: HTTP 200 without a candidate. */
  | { readonly kind: "block"; readonly reason: string }
  /** The model says this instead. */
  | { readonly kind: "say"; readonly text: string }
  /** The uploaded file turns out FAILED. */
  | { readonly kind: "file-failed" };

/** The faults that are still to strike, each for a number of requests. */
export class FaultPlan {
  private readonly planned: { readonly route: Route; readonly fault: Fault; times: number }[] = [];

  add(route: Route, fault: Fault, times = 1): void {
    this.planned.push({ route, fault, times });
  }

  /** The fault that strikes this request, which is then used up; null for none. */
  take(route: Route): Fault | null {
    const next = this.planned.find((planned) => planned.route === route && planned.times > 0);
    if (next === undefined) return null;
    next.times -= 1;
    return next.fault;
  }

  /** How many are left: a test whose faults never struck has tested nothing. */
  get left(): number {
    return this.planned.reduce((sum, { times }) => sum + times, 0);
  }
}
