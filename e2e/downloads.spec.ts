import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { type Browser, filled, signedInAs } from "./browser.ts";
import { newWord } from "./setup/cast.ts";
import { zoneAtNoon } from "./setup/clocks.ts";
import { inDatabase } from "./setup/database.ts";
import { fieldsOf, targets, type Write, writes } from "./setup/grid.ts";
import { enterAs } from "./setup/stage.ts";
import { mergedPart } from "../lib/shared/registry.ts";
import { newOwner } from "./setup/test-data.ts";

const lists = Object.keys(mergedPart("downloads")).flatMap((route) => (route.endsWith("/download") ? [route.replace("/download", "")] : []));

const word = newWord("alder");
const otherWord = newWord("birch");
/** More rows than a page shows match the search and the filter; each eighteenth matches neither. */
const rowCount = 54;
const matchCount = 51;
const isMatch = (index: number) => index % 18 !== 0;

const creatorsOf = (list: string): Write[] =>
  Object.values(targets).flatMap(({ list: of, createdBy = "" }) => (of === list ? (writes[createdBy] ?? []) : []));
const filtersIn = (html: string) => [...html.matchAll(/id="filter-(\w+)"/g)].map(([, name = ""]) => name);

/** Creates the rows of a list by the action that its area declares for it. */
async function createRows(browser: Browser, path: string, list: string, write: Write) {
  const filters = filtersIn((await browser.get(`${path}/${list}`)).body);
  const form = await browser.formOn(`${path}/${write.page}`, write.button);
  for (let index = 0; index < rowCount; index += 1) {
    const fields = fieldsOf(write, `${isMatch(index) ? word : otherWord}-${index}`, form);
    for (const name of filters.filter((filter) => !isMatch(index) && Object.hasOwn(fields, filter))) {
      fields[name] = form.options.get(name)?.find((value) => value !== fields[name]) ?? "";
    }
    expect((await browser.send(filled(form, fields))).status, `${write.button} ${index}`).toBe(303);
  }
}

let organization: { browser: Browser; path: string };

test.use({ timezoneId: zoneAtNoon() });

test.beforeAll(async ({ baseURL }) => {
  const { email, orgId } = await newOwner("downloads");
  organization = { browser: await signedInAs(baseURL, email), path: `/orgs/${orgId}` };
  for (const list of new Set(Object.values(targets).map((target) => target.list))) {
    for (const write of creatorsOf(list)) await createRows(organization.browser, organization.path, list, write);
  }
  // Nobody reads the mails of these rows, and other tests would wait for theirs behind them.
  await inDatabase((sql) => sql`delete from pgboss.job where name = 'mail.deliver' and state = 'created'
    and data->>'mailId' in (select id::text from email_outbox where recipient like ${`%${word}%`} or recipient like ${`%${otherWord}%`})`);
});

test.beforeEach(async ({ page }) => {
  await enterAs(page, organization.browser);
});

type Row = Record<string, string>;

/** The values of this page's columns that stand in a file as they stand in a cell: the first, the titles of rows, and what is sorted by. */
const readPage = (page: Page): Promise<Row[]> =>
  page.locator(".list table").evaluate((table: HTMLTableElement) => {
    const [head, ...rows] = [...table.rows].map((row) => [...row.cells].filter((cell) => !cell.classList.contains("tick")));
    const isCompared = (index: number) => index === 0 || head?.[index]?.querySelector("a") || rows.some((cells) => cells[index]?.classList.contains("lead"));
    const textOf = (cell: HTMLElement) => {
      const copy = cell.cloneNode(true) as HTMLElement;
      for (const label of copy.querySelectorAll(".cell-label")) label.remove();
      return copy.querySelector("time")?.dateTime ?? copy.textContent.trim();
    };
    return rows.map((cells) =>
      Object.fromEntries(cells.flatMap((cell, index) => (isCompared(index) ? [[head?.[index]?.textContent.trim() ?? "", textOf(cell)]] : []))),
    );
  });

async function readAllPages(page: Page): Promise<Row[]> {
  const rows = await readPage(page);
  const next = page.locator("main a[rel=next]");
  for (let pages = 1; (await next.count()) > 0 && pages < 20; pages += 1) {
    await page.goto((await next.getAttribute("href")) ?? "");
    rows.push(...(await readPage(page)));
  }
  return rows;
}

/** The rows of a CSV file by its headings. */
function parseCsv(text: string): Row[] {
  const lines = text.replace("\uFEFF", "").trimEnd().split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const [headings = [], ...rows] = lines.map((line) =>
    [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain),
  );
  return rows.map((cells) => Object.fromEntries(headings.map((heading, index) => [heading, cells[index] ?? ""])));
}

/** The file that the download link of this page gives. */
async function downloadCsv(page: Page): Promise<Row[]> {
  const menu = page.getByRole("button", { name: "Download", exact: true });
  if ((await menu.count()) > 0) await menu.click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
  return parseCsv(await readFile(await file.path(), "utf8"));
}

/** Compares the list at an address, over all its pages, with the file that its first page offers. */
async function expectSameRows(page: Page, address: string): Promise<number> {
  await page.goto(address);
  const file = await downloadCsv(page);
  await page.goto(address);
  const shown = await readAllPages(page);
  const headings = Object.keys(shown[0] ?? {}).filter((heading) => Object.hasOwn(file[0] ?? {}, heading));
  const only = (row: Row) => headings.map((heading) => row[heading]);
  expect(headings.length, `${address} has columns to compare`).toBeGreaterThan(0);
  expect(file.map(only), address).toEqual(shown.map(only));
  return shown.length;
}

/** The list by its first sortable column, descending, where it has one. */
async function sortFrom(page: Page): Promise<string> {
  const sort = page.locator(".list thead th a").first();
  return (await sort.count()) > 0 ? new URLSearchParams(((await sort.getAttribute("href")) ?? "").split("?")[1]).get("sort") ?? "" : "";
}

for (const list of lists) {
  test(`X-8: the CSV of ${list} has the rows and the order that its search and each of its filters show`, async ({ page }) => {
    const path = `${organization.path}/${list}`;
    const [write] = creatorsOf(list);
    const expectRows = async (name: string, value: string) => {
      const sort = await sortFrom(page);
      const count = await expectSameRows(page, `${path}?${new URLSearchParams({ [name]: value, ...(sort && { sort }) })}`);
      if (write) expect(count, `${list} by ${name}`).toBe(matchCount);
    };
    await page.goto(path);
    const search = await page.getByRole("main").getByRole("searchbox").first().getAttribute("name");
    await expectRows(search ?? "", word);
    for (const menu of await page.locator("[id^=filter-]").all()) {
      const box = menu.getByRole("checkbox", { includeHidden: true }).first();
      const name = (await box.getAttribute("name")) ?? "";
      await expectRows(name, write?.fields?.[name] ?? (await box.getAttribute("value")) ?? "");
    }
  });
}

test("X-8: every page of an organization that shows a list offers it as CSV", async ({ page }) => {
  const found: string[] = [];
  for (const route of Object.keys(mergedPart("pages")).filter((one) => one !== "" && !one.includes("["))) {
    await page.goto(`${organization.path}/${route}`);
    if ((await page.locator("main .list").count()) > 0) found.push(route);
  }
  expect(found.toSorted()).toEqual(lists.toSorted());
});
