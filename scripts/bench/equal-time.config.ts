import { defineConfig } from "vitest/config";
import usual from "../../vitest.config.ts";

/** As tests run, with a Postgres of its own, but of what is measured rather than proved. */
export default defineConfig({
  ...usual,
  test: { ...usual.test, include: ["scripts/bench/equal-time.ts"], testTimeout: 300_000, reporters: ["dot"] },
});
