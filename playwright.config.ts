import { defineConfig, devices } from "@playwright/test";
import { browserArguments, systemChromium } from "./scripts/test/browser.ts";
import { freePort } from "./scripts/start/port.ts";

// The workers read this file again, and must find the port of the first reading.
const port = (process.env.E2E_PORT ??= String(await freePort(0)));
const report = process.env.E2E_REPORT;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: `http://localhost:${port}`,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: systemChromium(),
      args: browserArguments,
    },
  },
  webServer: {
    command: "node scripts/start.mjs --throwaway",
    url: `http://localhost:${port}/api/health/ready`,
    env: { PORT: port, APP_URL: "", HOST: "" },
    timeout: 300_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
