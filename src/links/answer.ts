import { Failure } from "../failure.ts";
import { passingStatuses } from "../gemini/network-errors.ts";
import type { Got } from "../world.ts";

const ownWay = "download it yourself and name the file";

/** Errors: Failure `input` or `service` for an answer that brings no recording, as far as its head tells. */
export function assertRecording({ status, headers }: Pick<Got, "status" | "headers">): void {
  if (status !== 200) throw refusedWith(status);
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new Failure("input", `it is sent packed (${encoding}), as a web page is and a recording is not`, {
      hint: `open the link in a browser; if there is a recording, ${ownWay}`,
    });
  }
  // What such servers send has no end, and no length either.
  if ([...headers.keys()].some((name) => name.startsWith("icy-"))) {
    throw new Failure("input", "it is a live stream, which has no end", {
      hint: "record a part of it: curl --max-time 600 -o part.mp3 <link>",
    });
  }
}

/** Errors: Failure `input` when a download begins as a web page does, whatever the server calls it. */
export function assertNoPage(head: Uint8Array): void {
  const text = Buffer.from(head.subarray(0, 1_000)).toString("latin1");
  if (!/^(\xef\xbb\xbf)?\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|script)\b/is.test(text))
    return;
  throw new Failure("input", "it is a web page, not a recording", {
    hint: "name the address of the recording itself: what the page's download button leads to",
  });
}

function refusedWith(status: number): Failure {
  if (passingStatuses.includes(status)) {
    return new Failure("service", `the server has trouble (${status})`, {
      hint: "run the command again in some minutes",
      retryable: true,
    });
  }
  if ([401, 402, 403, 407].includes(status)) {
    return new Failure("input", `the server refuses it (${status})`, {
      hint: `the link may have expired, or need a login: ${ownWay}`,
    });
  }
  const isGone = status === 404 || status === 410;
  const message = isGone ? `there is nothing (${status})` : `the server answers ${status}, and no recording`;
  return new Failure("input", message, { hint: `check the link in a browser; or ${ownWay}` });
}
