import { expect, test } from "vitest";
import { restartDelay } from "./supervised-process.ts";

test("restart delays of a crashed process grow up to 30 seconds", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 20].map(restartDelay)).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});
