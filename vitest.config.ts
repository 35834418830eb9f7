import path from "node:path";
import { defineConfig } from "vitest/config";

const place = (...parts: string[]) => path.join(import.meta.dirname, ...parts);

export default defineConfig({
  resolve: {
    alias: { "@": place(), "server-only": place("node_modules", "server-only", "empty.js") },
  },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".next/**", "dist/**", ".data/**", "e2e/**"],
    globalSetup: ["scripts/test/global-setup.ts"],
    setupFiles: ["lib/testing/setup.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
