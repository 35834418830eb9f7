import { existsSync, readFileSync } from "node:fs";

export type Counts = { passed: number; failed: number };

type VitestReport = { numPassedTests: number; numFailedTests: number };
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number } };

const read = <Report>(file: string) => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : undefined);

/** A step that failed without a failed test to show for it counts as one failure. */
export const settled = (counts: Counts, ok: boolean): Counts => (ok || counts.failed > 0 ? counts : { ...counts, failed: 1 });

/** How many tests of a Vitest report passed and failed. */
export function vitestCounts(file: string): Counts {
  const report = read<VitestReport>(file);
  return { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
}

/** How many journeys of a Playwright report passed and failed; one that passed only on a second try failed. */
export function playwrightCounts(file: string): Counts {
  const stats = read<PlaywrightReport>(file)?.stats;
  return { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) };
}
