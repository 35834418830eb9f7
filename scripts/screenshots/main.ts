import { mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { inside } from "../start/paths.ts";
import { browserArguments, ensureBrowser, systemChromium } from "../test/browser.ts";
import { openCamera, type Variant } from "./camera.ts";
import { photographLetters } from "./letters.ts";
import { cover, shots } from "./pages.ts";
import { openPortal } from "./portal.ts";

const folder = inside("screenshots");
const heaviestCover = 300_000;
const desktop = { width: 1440, height: 900 };
const coverFile = inside("public", "portal.png");
const asCover: Variant = { name: "cover", scheme: "light", viewport: desktop };
const phone = { width: 390, height: 844 };

const variants: Variant[] = (["light", "dark"] as const).flatMap((scheme) => [
  { name: `desktop-${scheme}`, scheme, viewport: desktop },
  { name: `phone-${scheme}`, scheme, viewport: phone },
]);

function wanted(): string {
  const [option, word = "", ...rest] = process.argv.slice(2);
  if (option === undefined) return "";
  if (option !== "--only" || word === "" || rest.length > 0) throw new Error("Usage: npm run screenshots -- [--only <word>]");
  return word;
}

const fileOf = (name: string) => path.join(folder, `${name}.png`);

async function photographPages(browser: Browser, address: string, word: string): Promise<string[]> {
  const camera = await openCamera(browser, address);
  const complaints: string[] = [];
  const chosen = shots.filter(({ name }) => name.includes(word));
  for (const variant of variants) complaints.push(...(await camera.photograph(variant, chosen, fileOf)));
  if (cover.name.includes(word)) complaints.push(...(await camera.photograph(asCover, [cover], () => coverFile)));
  return complaints;
}

async function run() {
  const word = wanted();
  ensureBrowser();
  if (word === "") rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const browser = await chromium.launch({ executablePath: systemChromium(), args: browserArguments });
  const complaints: string[] = [];
  try {
    await photographLetters({ browser, variants, word, fileOf });
    if ([...shots, cover].some(({ name }) => name.includes(word))) {
      const portal = await openPortal();
      try {
        complaints.push(...(await portal.whileRunning(photographPages(browser, portal.address, word))));
      } finally {
        await portal.stop();
      }
    }
  } finally {
    await browser.close();
  }
  return complaints;
}

try {
  const complaints = await run();
  const { size } = statSync(coverFile, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > heaviestCover) complaints.push(`public/portal.png has ${size} bytes; ${heaviestCover} are allowed`);
  for (const complaint of complaints) console.error(`✗ ${complaint}`);
  console.log(`The pictures are in ${path.relative(process.cwd(), folder)}`);
  process.exitCode = complaints.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
