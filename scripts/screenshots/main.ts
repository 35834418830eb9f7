import { mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { projectPath } from "../start/paths.ts";
import { browserArguments, ensureBrowser, systemChromium } from "../test/browser.ts";
import { createCapture, type Variant } from "./capture.ts";
import { captureEmails } from "./emails.ts";
import { cover, type Screenshot, screenshots, screenshotsWithoutGoogle } from "./pages.ts";
import { collectRouteParams } from "./route-params.ts";
import { openPortal } from "./portal.ts";

const folder = projectPath("screenshots");
const maxCoverBytes = 300_000;
const desktop = { width: 1440, height: 900 };
const coverFile = projectPath("public", "portal.png");
const coverVariant: Variant = { name: "cover", scheme: "light", viewport: desktop };
const phone = { width: 390, height: 844 };

const variants: Variant[] = (["light", "dark"] as const).flatMap((scheme) => [
  { name: `desktop-${scheme}`, scheme, viewport: desktop },
  { name: `phone-${scheme}`, scheme, viewport: phone },
]);

function parseFilter(): string {
  const [option, filter = "", ...rest] = process.argv.slice(2);
  if (option === undefined) return "";
  if (option !== "--only" || filter === "" || rest.length > 0) throw new Error("Usage: npm run screenshots -- [--only <text>]");
  return filter;
}

const fileName = (name: string) => path.join(folder, `${name}.png`);

/** Portal configurations: with and without Google sign-in. */
const configurations = [
  { withGoogle: true, collectParams: collectRouteParams, pages: screenshots, covers: [cover] },
  { withGoogle: false, collectParams: async () => ({}), pages: screenshotsWithoutGoogle, covers: [] },
];

async function capturePages(browser: Browser, { withGoogle, collectParams, pages, covers }: (typeof configurations)[number], filter: string): Promise<string[]> {
  const matches = ({ name }: Screenshot) => name.includes(filter);
  const [chosenPages, chosenCovers] = [pages.filter(matches), covers.filter(matches)];
  if (chosenPages.length + chosenCovers.length === 0) return [];
  const portal = await openPortal({ withGoogle });
  const problems: string[] = [];
  const capture = async () => {
    const camera = await createCapture(browser, portal, collectParams);
    for (const variant of variants) problems.push(...(await camera.captureAll(variant, chosenPages, fileName)));
    problems.push(...(await camera.captureAll(coverVariant, chosenCovers, () => coverFile)));
  };
  try {
    await portal.whileRunning(capture());
  } finally {
    await portal.stop();
  }
  return problems;
}

async function run() {
  const filter = parseFilter();
  ensureBrowser();
  if (filter === "") rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const browser = await chromium.launch({ executablePath: systemChromium(), args: browserArguments });
  const problems: string[] = [];
  try {
    await captureEmails({ browser, variants, filter, fileName });
    for (const configuration of configurations) problems.push(...(await capturePages(browser, configuration, filter)));
  } finally {
    await browser.close();
  }
  return problems;
}

try {
  const problems = await run();
  const { size } = statSync(coverFile, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > maxCoverBytes) problems.push(`public/portal.png has ${size} bytes; the limit is ${maxCoverBytes}`);
  for (const problem of problems) console.error(`✗ ${problem}`);
  console.log(`Screenshots are in ${path.relative(process.cwd(), folder)}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
