import type { Page } from "@playwright/test";
import { filled, type Browser, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { idOf, newWord, type Places, placed, targetsIn } from "./setup/cast.ts";
import { inDatabase, newOwner } from "./setup/database.ts";
import { pages, writes } from "./setup/grid.ts";
import { enterAs } from "./setup/stage.ts";

test.describe.configure({ timeout: 180_000 });

const hard = "Güterverkehrsgesellschaft 🚢 مستودع ";
const longest = (word: string) => `${word} ${hard}${"W".repeat(64)}`.trim().slice(0, 64);

const doors = ["sign-in", "create-account", "create-account/sent", "recover", "recover/sent", "google/refused", "nothing-here"];
const links = ["verify", "verify/email", "reset", "invite", "invite/login"];
const visitor = [...doors, ...links.map((kind) => `${kind}/none`)].map((path) => `/${path}`);
const dialogs = ["email", "notifications", "end-sessions", "organization", "export", "delete", "passkey", "password"];
const own = ["/orgs", "/orgs/new", "/account", "/account/two-factor", ...dialogs.map((name) => `/account?dialog=${name}`)];

type Fields = Parameters<typeof filled>[1];

async function made(boss: Browser, path: string, button: string, fields: Fields) {
  expect((await boss.send(filled(await boss.formOn(path, button), fields))).status, `${button} at ${path}`).toBe(303);
}

/** Somebody whose organization, sites and people have the longest names there are, and all that they can open. */
async function everyPage(baseURL: string | undefined): Promise<{ boss: Browser; all: string[] }> {
  const owner = await newOwner("looks");
  await inDatabase((sql) => sql`update organizations set name = ${longest("")} where id = ${owner.orgId}`);
  const boss = await signedInAs(baseURL, owner.email);
  const path = `/orgs/${owner.orgId}`;
  const organization = { id: owner.orgId, name: "Tidewater Retail" as const, path, boss };
  const word = newWord("l");
  const email = `${word}${"w".repeat(60 - word.length)}@${"example-".repeat(6)}example.test`;
  const site = { name: longest(word), country: "BA", timeZone: "America/Argentina/ComodRivadavia", groups: `${longest(word)}, ${longest("b")}` };
  const person = { email, firstName: longest("f"), lastName: longest("l"), role: "observer", scope: "all" };
  await made(boss, `${path}/sites/new`, "Create Site", site);
  await made(boss, `${path}/administrators/invite`, "Invite", person);
  const places: Places = {
    ...(await targetsIn(organization)),
    site: await idOf(organization, "sites", word),
    invitation: await idOf(organization, "administrators", word),
    member: await idOf(organization, "administrators", owner.email),
  };
  const seen = Object.entries(pages).flatMap(([file, { at }]) => (file.endsWith("page.tsx") ? [at] : []));
  const asked = Object.values(writes).flatMap(({ page }) => (page.includes("dialog=") ? [page] : []));
  const inside = [...seen, "administrators/[invitation]", ...asked, "sites?search=nowhere", "audit-log?period=7d"];
  return { boss, all: [...visitor, ...own, ...inside.map((at) => `${path}/${placed(at, places)}`)] };
}

async function onEvery(page: Page, baseURL: string | undefined, look: () => Promise<string[]>) {
  const { boss, all } = await everyPage(baseURL);
  await enterAs(page, boss);
  const faults: string[] = [];
  for (const path of all) {
    await page.goto(path);
    faults.push(...(await look()).map((fault) => `${path}: ${fault}`));
  }
  expect(faults).toEqual([]);
}

/** What somebody sets who reads more easily with letters, words and lines further apart. */
function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
  document.adoptedStyleSheets = [sheet];
}

/** What is wider than the screen, and words that their own button cuts off. */
function sticksOut(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const beyond = [...document.querySelectorAll("main *, dialog *, header *")]
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1 && one.checkVisibility())
    .map((one) => one.outerHTML.slice(0, 120));
  const cut = [...document.querySelectorAll<HTMLElement>(":is(button, a, span).border, .button, h1, h2, label, .tag")]
    .filter((one) => one.checkVisibility() && one.offsetWidth > 1 && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => getComputedStyle(one).textOverflow !== "ellipsis")
    .map((one) => `cut off: ${one.outerHTML.slice(0, 160)}`);
  return [...(scrollWidth > clientWidth ? [`${scrollWidth} wide: ${beyond.at(-1)}`] : []), ...cut];
}

/** What is smaller than 24 pixels with something else to hit beside it; words in a sentence are as high as its line. */
function smallTargets(): string[] {
  const within = document.querySelector("dialog[open]") ?? document;
  const things = [...within.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")].filter(
    (one) => one.checkVisibility({ visibilityProperty: true }) && one.offsetWidth > 1 && one.getAttribute("href") !== "#main",
  );
  const hit = (one: HTMLElement) => (one.closest("label") ?? one).getBoundingClientRect();
  const inSentence = (one: HTMLElement) =>
    getComputedStyle(one).display === "inline" && one.parentElement?.textContent?.trim() !== one.textContent?.trim();
  const isSmall = (one: HTMLElement) => Math.min(hit(one).width, hit(one).height) < 24 && !inSentence(one);
  const crowds = (one: HTMLElement, other: HTMLElement) => {
    const [a, b] = [hit(one), hit(other)];
    const [x, y] = [a.left + a.width / 2, a.top + a.height / 2];
    const across = Math.max(b.left - x, x - b.right, 0);
    const down = Math.max(b.top - y, y - b.bottom, 0);
    return Math.hypot(across, down) < 12;
  };
  return things
    .filter((one) => isSmall(one) && things.some((other) => hit(other) !== hit(one) && other !== one && crowds(one, other)))
    .map((one) => `${hit(one).width}×${hit(one).height}: ${one.outerHTML.slice(0, 120)}`);
}

/** What something else lies over when it has the focus, on the way down the page and back up. */
function covered(): string[] {
  const within = document.querySelector("dialog[open]") ?? document;
  const stops = [...within.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")];
  const isFree = (one: HTMLElement) => {
    const [box = one.getBoundingClientRect()] = one.getClientRects();
    const label = one.closest("label");
    return [box.top + 3, box.bottom - 3].every((y) => {
      const seen = document.elementFromPoint(box.left + Math.min(box.width / 2, 12), y);
      return seen && (one.contains(seen) || seen.contains(one) || label?.contains(seen));
    });
  };
  const faults = [...stops, ...stops.toReversed()].filter((one) => {
    one.focus();
    return document.activeElement === one && !isFree(one);
  });
  return faults.map((one) => one.outerHTML.slice(0, 120));
}

/** Controls without an edge, and edges around what is not in focus. */
function unbounded(): string[] {
  const edged = ".border, .button, .input, .card, .switch, .tag, dialog[open], [type=checkbox], [type=radio]";
  const bare = [...document.querySelectorAll<HTMLElement>(edged)].filter((one) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(one);
    return one.checkVisibility() && (borderTopStyle === "none" || borderTopWidth === "0px" || borderTopColor === backgroundColor);
  });
  const ringed = [...document.querySelectorAll<HTMLElement>("a, button, input, summary")].filter(
    (one) => one !== document.activeElement && getComputedStyle(one).outlineStyle !== "none",
  );
  return [...bare, ...ringed].map((one) => one.outerHTML.slice(0, 120));
}

test("WCAG 1.4.10, 1.4.12: at 320 pixels, with the longest names and the widest letters, no page scrolls sideways", async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await onEvery(page, baseURL, async () => {
    const before = await page.evaluate(sticksOut);
    await page.evaluate(spaceOut);
    return [...before, ...(await page.evaluate(sticksOut)).map((fault) => `spaced out, ${fault}`)];
  });
});

test("WCAG 2.5.8: on a phone nothing to press is smaller than 24 pixels", async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await onEvery(page, baseURL, () => page.evaluate(smallTargets));
});

for (const screen of [{ width: 1024, height: 500 }, { width: 390, height: 700 }]) {
  test(`WCAG 2.4.11: what stays in view never covers what is in focus, ${screen.width} pixels wide`, async ({ page, baseURL }) => {
    await page.setViewportSize(screen);
    await onEvery(page, baseURL, () => page.evaluate(covered));
  });
}

test("WCAG 1.4.11: in a system's own colours everything has its edge, and what is on differs from what is off", async ({ page, baseURL }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await onEvery(page, baseURL, () => page.evaluate(unbounded));
  await page.goto("/account?dialog=notifications");
  const first = page.getByRole("switch").first();
  const off = await first.locator(".switch").screenshot();
  await first.click();
  await expect(first).toHaveAttribute("aria-checked", "true");
  expect((await first.locator(".switch").screenshot()).equals(off)).toBe(false);
  await page.goto("/account");
  for (const box of [page.locator("[type=radio]").nth(1), page.locator("[type=checkbox]").first()]) {
    await expect(box).not.toBeChecked();
    const empty = await box.screenshot();
    await box.check();
    expect((await box.screenshot()).equals(empty)).toBe(false);
  }
});
