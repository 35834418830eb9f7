import { expect, test } from "vitest";
import { countCrashes, restartDelay } from "./supervised-process.ts";

test("restart delays of a crashed process grow up to 30 seconds", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 20].map(restartDelay)).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test("the restart delay of a process that ran for a minute begins again", () => {
  let crashes = 0;
  const delays = [5_000, 2_000, 1_000, 61_000, 3_000, 3_600_000].map((uptime) => restartDelay((crashes = countCrashes(crashes, uptime))));
  expect(delays).toEqual([1_000, 2_000, 4_000, 1_000, 2_000, 1_000]);
});
