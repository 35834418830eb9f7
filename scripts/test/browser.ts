import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { projectPath, pinnedNode } from "../start/paths.ts";

const systemPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Chromium flags for machines without a display, without background network traffic. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The Chromium of the system, if any; otherwise Playwright uses its own. */
export const systemChromium = () => systemPaths.find((file) => existsSync(file));

/** Installs a browser for the end-to-end tests if there is none. */
export function ensureBrowser(): void {
  if (systemChromium() ?? existsSync(chromium.executablePath())) return;
  const asRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  console.log(asRoot ? "Installing chromium with apt-get" : "Installing a browser with Playwright");
  if (asRoot) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { stdio: "inherit", env });
    if (systemChromium()) return;
  }
  const playwright = projectPath("node_modules", "@playwright", "test", "cli.js");
  const { status } = spawnSync(pinnedNode, [playwright, "install", "chromium"], { stdio: "inherit" });
  if (status !== 0) throw new Error("There is no browser for the end-to-end tests. Install chromium and run the tests again.");
}
