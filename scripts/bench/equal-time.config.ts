import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** The Vitest configuration with a database, for timing measurements instead of tests. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["scripts/bench/equal-time.ts"], testTimeout: 300_000, reporters: ["dot"] },
});
