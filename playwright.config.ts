import { defineConfig, devices } from "@playwright/test";
import { fakeApplications } from "./lib/integrations/fake-applications.ts";
import { browserArguments, systemChromium } from "./scripts/test/browser.ts";
import { projectPath, pinnedNode } from "./scripts/start/paths.ts";
import { freePort } from "./scripts/start/port.ts";

// The workers read this file again, and must find the port of the first reading.
const port = (process.env.E2E_PORT ??= String(await freePort()));
const providerPort = (process.env.E2E_PROVIDER_PORT ??= String(await freePort()));
const provider = `http://localhost:${providerPort}`;
const providerSettings = { GOOGLE_ISSUER: provider, GOOGLE_CLIENT_ID: "signalbox-journeys", GOOGLE_CLIENT_SECRET: "known-to-the-stand-in", APPLICATIONS: fakeApplications(provider) };
const report = process.env.E2E_REPORT;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  // Long, for slow machines; only a failing test waits this long.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: `http://localhost:${port}`,
    actionTimeout: 30_000,
    // Recording costs about a third of the time: E2E_TRACE=1 keeps the traces of failed tests.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: systemChromium(),
      args: browserArguments,
    },
  },
  webServer: [
    {
      command: `"${pinnedNode}" "${projectPath("scripts", "test", "fake-oauth-provider.ts")}"`,
      url: `${provider}/jwks`,
      env: { PORT: providerPort },
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    },
    {
      command: "node scripts/start.mjs --throwaway",
      url: `http://localhost:${port}/api/health/ready`,
      env: { PORT: port, APP_URL: "", HOST: "", ...providerSettings },
      timeout: 300_000,
      stdout: "pipe",
      gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    },
  ],
});
