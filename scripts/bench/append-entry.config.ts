import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** The Vitest configuration with a database, for what the hash chain costs instead of tests. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["scripts/bench/append-entry.ts"], testTimeout: 300_000, reporters: ["dot"] },
});
