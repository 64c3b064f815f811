import { expect, test } from "vitest";
import { followTransfer } from "../../src/cli/transfer.ts";

/** What is shown of 200 MB that go at 10 MB a second, told of each megabyte. */
function shownOf(isLive: boolean, totalBytes = 200_000_000, isKnown = true): string[] {
  let now = 0;
  const shown: string[] = [];
  const tell = followTransfer(
    { now: () => now, show: (text) => shown.push(text), isLive },
    { text: "uploading a.wav", totalBytes: isKnown ? totalBytes : null },
  );
  for (let sent = 0; sent < totalBytes; now += 100) {
    sent = Math.min(totalBytes, sent + 1_000_000);
    tell(sent);
  }
  return shown;
}

test("on a terminal: the amount, the rate and the time that is left", () => {
  const shown = shownOf(true);
  expect(shown[0]).toBe("uploading a.wav");
  expect(shown[1]).toBe("uploading a.wav: 1.0 of 200 MB");
  expect(shown[101]).toBe("uploading a.wav: 101 of 200 MB, 10.1 MB/s, 10 s left");
  expect(shown).toHaveLength(201);
});

test("without one: a line every ten percent", () => {
  expect(shownOf(false)).toEqual([
    "uploading a.wav",
    ...[10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((share) => `uploading a.wav: ${share} %`),
  ]);
});

test("what is over at once is told of once", () => {
  expect(shownOf(false, 900_000)).toEqual(["uploading a.wav"]);
});

test("of what nobody knows the size of, the amount is told, and without a terminal nothing more", () => {
  expect(shownOf(true, 3_000_000, false)).toEqual([
    "uploading a.wav",
    ...["1.0", "2.0", "3.0"].map((amount) => `uploading a.wav: ${amount} MB`),
  ]);
  expect(shownOf(false, 3_000_000, false)).toEqual(["uploading a.wav"]);
});
