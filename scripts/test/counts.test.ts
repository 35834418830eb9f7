import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { playwrightCounts, withStepFailure, vitestCounts } from "./counts.ts";

function report(content: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "signalbox ")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test("counts are read from the reports of Vitest and Playwright", () => {
  expect(vitestCounts(report({ numPassedTests: 7, numFailedTests: 1 }))).toEqual({ passed: 7, failed: 1 });
  expect(playwrightCounts(report({ stats: { expected: 5, unexpected: 1, flaky: 1 } }))).toEqual({ passed: 5, failed: 2 });
});

test("a failed step without a failed test counts as one failure", () => {
  expect(vitestCounts("/nowhere/report.json")).toEqual({ passed: 0, failed: 0 });
  expect(withStepFailure({ passed: 3, failed: 0 }, false)).toEqual({ passed: 3, failed: 1 });
  expect(withStepFailure({ passed: 3, failed: 2 }, false)).toEqual({ passed: 3, failed: 2 });
  expect(withStepFailure({ passed: 3, failed: 0 }, true)).toEqual({ passed: 3, failed: 0 });
});
