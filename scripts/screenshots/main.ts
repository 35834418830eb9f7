import { mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { inside } from "../start/paths.ts";
import { browserArguments, ensureBrowser, systemChromium } from "../test/browser.ts";
import { openCamera, type Variant } from "./camera.ts";
import { photographLetters } from "./letters.ts";
import { cover, type Shot, shots, shotsWithoutGoogle } from "./pages.ts";
import { findPlaces } from "./places.ts";
import { openPortal } from "./portal.ts";

const folder = inside("screenshots");
const maxCoverBytes = 300_000;
const desktop = { width: 1440, height: 900 };
const coverFile = inside("public", "portal.png");
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
  { withGoogle: true, collectParams: findPlaces, pages: shots, covers: [cover] },
  { withGoogle: false, collectParams: async () => ({}), pages: shotsWithoutGoogle, covers: [] },
];

async function capturePages(browser: Browser, { withGoogle, collectParams, pages, covers }: (typeof configurations)[number], filter: string): Promise<string[]> {
  const matches = ({ name }: Shot) => name.includes(filter);
  const [chosenPages, chosenCovers] = [pages.filter(matches), covers.filter(matches)];
  if (chosenPages.length + chosenCovers.length === 0) return [];
  const portal = await openPortal({ withGoogle });
  const problems: string[] = [];
  const capture = async () => {
    const camera = await openCamera(browser, portal, collectParams);
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
    await photographLetters({ browser, variants, filter, fileName });
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
