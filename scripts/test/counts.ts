import { existsSync, readFileSync } from "node:fs";

export type Counts = { passed: number; failed: number };

type VitestReport = { numPassedTests: number; numFailedTests: number };
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number } };

const read = <Report>(file: string) => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : undefined);

/** Counts a failed step without a failed test as one failure. */
export const withStepFailure = (counts: Counts, ok: boolean): Counts => (ok || counts.failed > 0 ? counts : { ...counts, failed: 1 });

/** Passed and failed tests of a Vitest report. */
export function vitestCounts(file: string): Counts {
  const report = read<VitestReport>(file);
  return { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
}

/** Passed and failed tests of a Playwright report; a flaky test counts as failed. */
export function playwrightCounts(file: string): Counts {
  const stats = read<PlaywrightReport>(file)?.stats;
  return { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) };
}
