import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** The Vitest configuration with a database, for what the hash chain of the audit log costs instead of tests. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["scripts/bench/{append-entry,verify-chain}.ts"], testTimeout: 1_200_000, reporters: ["dot"] },
});
