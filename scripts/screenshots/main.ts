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

/** What is looked at in one portal: as people usually set it up, and as it is before they did. */
const sittings = [
  { withGoogle: true, find: findPlaces, pages: shots, covers: [cover] },
  { withGoogle: false, find: async () => ({}), pages: shotsWithoutGoogle, covers: [] },
];

async function photographPages(browser: Browser, { withGoogle, find, pages, covers }: (typeof sittings)[number], word: string): Promise<string[]> {
  const isWanted = ({ name }: Shot) => name.includes(word);
  const [chosen, front] = [pages.filter(isWanted), covers.filter(isWanted)];
  if (chosen.length + front.length === 0) return [];
  const portal = await openPortal({ withGoogle });
  const complaints: string[] = [];
  const work = async () => {
    const camera = await openCamera(browser, portal, find);
    for (const variant of variants) complaints.push(...(await camera.photograph(variant, chosen, fileOf)));
    complaints.push(...(await camera.photograph(asCover, front, () => coverFile)));
  };
  try {
    await portal.whileRunning(work());
  } finally {
    await portal.stop();
  }
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
    for (const sitting of sittings) complaints.push(...(await photographPages(browser, sitting, word)));
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
