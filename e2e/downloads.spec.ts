import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { type HttpClient, fillForm, signedInClient } from "./setup/http-client.ts";
import { uniqueWord } from "./setup/unique.ts";
import { timeZoneNearNoon } from "./setup/time.ts";
import { inDatabase } from "./setup/database.ts";
import { formValues, targets, type GridAction, actions } from "./setup/access-grid.ts";
import { copyCookies } from "./setup/pages.ts";
import { mergedPart } from "../lib/shared/registry.ts";
import { addMember, newOwner } from "./setup/test-data.ts";

/** The lists of an organization; what belongs to one row has no saved views. */
const lists = Object.keys(mergedPart("downloads")).flatMap((route) => (route.endsWith("/download") && !route.includes("[") ? [route.replace("/download", "")] : []));

const word = uniqueWord("alder");
const otherWord = uniqueWord("birch");
/** More rows than a page shows match the search and the filter; every 18th row matches neither. */
const rowCount = 54;
const matchCount = 51;
const isMatch = (index: number) => index % 18 !== 0;

/** Lists that keep only the newest rows of one person. */
const keptRows: Readonly<Record<string, number>> = { "sites/imports": 5 };

const creatorsOf = (list: string): GridAction[] =>
  Object.values(targets).flatMap(({ list: of, createdBy = "" }) => (of === list ? (actions[createdBy] ?? []) : []));
const filtersIn = (html: string) => [...html.matchAll(/id="filter-(\w+)"/g)].map(([, name = ""]) => name);

/** Creates the rows of a list by the action that its area declares. */
async function createRows(client: HttpClient, path: string, list: string, action: GridAction) {
  const filters = filtersIn((await client.get(`${path}/${list}`)).body);
  const form = await client.formOn(`${path}/${action.page}`, action.button);
  for (let index = 0; index < rowCount; index += 1) {
    const fields = formValues(action, `${isMatch(index) ? word : otherWord}-${index}`, form);
    for (const name of filters.filter((filter) => !isMatch(index) && Object.hasOwn(fields, filter))) {
      fields[name] = form.options.get(name)?.find((value) => value !== fields[name]) ?? "";
    }
    expect((await client.send(fillForm(form, fields))).status, `${action.button} ${index}`).toBe(303);
  }
}

let organization: { client: HttpClient; path: string };

test.use({ timezoneId: timeZoneNearNoon() });

test.beforeAll(async ({ baseURL }) => {
  const { email, orgId } = await newOwner("downloads");
  organization = { client: await signedInClient(baseURL, email), path: `/orgs/${orgId}` };
  for (const list of new Set(Object.values(targets).map((target) => target.list))) {
    for (const action of creatorsOf(list)) await createRows(organization.client, organization.path, list, action);
  }
  // One of two people is reviewed, so that the review shows both states and there is a past decision.
  const { id } = await addMember(orgId, { role: "helpdesk" });
  const keep = await organization.client.formOn(`${organization.path}/access-review?dialog=keep&ids=${id}`, "Keep Access");
  expect((await organization.client.send(fillForm(keep, { reason: word }))).status).toBe(200);
  // These emails are not read, and would delay those of other tests.
  await inDatabase((sql) => sql`delete from email_outbox where status = 'queued' and (recipient like ${`%${word}%`} or recipient like ${`%${otherWord}%`})`);
});

test.beforeEach(async ({ page }) => {
  await copyCookies(page, organization.client);
});

type Row = Record<string, string>;

/** The values of columns that are equal in page and file: the first, the card title and the sortable ones. */
async function readPage(page: Page): Promise<Row[]> {
  const table = page.locator(".list table");
  if ((await table.count()) === 0) return [];
  return table.evaluate((table: HTMLTableElement) => {
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
}

async function readAllPages(page: Page): Promise<Row[]> {
  const rows = await readPage(page);
  const next = page.locator("main a[rel=next]");
  for (let pages = 1; (await next.count()) > 0 && pages < 20; pages += 1) {
    await page.goto((await next.getAttribute("href")) ?? "");
    rows.push(...(await readPage(page)));
  }
  return rows;
}

/** The rows of a CSV file, by heading. */
function parseCsv(text: string): Row[] {
  const lines = text.replace("\uFEFF", "").trimEnd().split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const [headings = [], ...rows] = lines.map((line) =>
    [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain),
  );
  return rows.map((cells) => Object.fromEntries(headings.map((heading, index) => [heading, cells[index] ?? ""])));
}

/** Downloads the CSV by the page's own link. */
async function downloadCsv(page: Page): Promise<Row[]> {
  const menu = page.getByRole("button", { name: "Download", exact: true });
  if ((await menu.count()) > 0) await menu.click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
  return parseCsv(await readFile(await file.path(), "utf8"));
}

/** Compares all pages of a list with its CSV; returns the number of rows. */
async function expectSameRows(page: Page, address: string): Promise<number> {
  await page.goto(address);
  const file = await downloadCsv(page);
  await page.goto(address);
  const shown = await readAllPages(page);
  const headings = Object.keys(shown[0] ?? {}).filter((heading) => Object.hasOwn(file[0] ?? {}, heading));
  const only = (row: Row) => headings.map((heading) => row[heading]);
  if (shown.length > 0) expect(headings.length, `${address} has columns to compare`).toBeGreaterThan(0);
  expect(file.map(only), address).toEqual(shown.map(only));
  return shown.length;
}

/** The filters of a list and the values that each offers. */
const readFilters = (page: Page) =>
  page.locator("[id^=filter-]").evaluateAll((menus) =>
    menus.map((menu) => {
      const boxes = [...menu.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
      return { name: boxes[0]?.name ?? "", values: boxes.map((box) => box.value) };
    }),
  );

/** The sort parameter of the first sortable column, if any. */
async function sortFrom(page: Page): Promise<string> {
  const sort = page.locator(".list thead th a").first();
  return (await sort.count()) > 0 ? new URLSearchParams(((await sort.getAttribute("href")) ?? "").split("?")[1]).get("sort") ?? "" : "";
}

for (const list of lists) {
  test(`X-8: the CSV of ${list} equals the list for its search and each of its filters`, async ({ page }) => {
    const path = `${organization.path}/${list}`;
    const [action] = creatorsOf(list);
    const expectRows = async (name: string, value: string) => {
      const sort = await sortFrom(page);
      const count = await expectSameRows(page, `${path}?${new URLSearchParams({ [name]: value, ...(sort && { sort }) })}`);
      if (action) expect(count, `${list} by ${name}`).toBe(keptRows[list] ?? matchCount);
    };
    await page.goto(path);
    const search = await page.getByRole("main").getByRole("searchbox").first().getAttribute("name");
    await expectRows(search ?? "", word);
    for (const { name, values } of await readFilters(page)) {
      const declared = action?.fields?.[name];
      if (declared !== undefined || !action) await expectRows(name, declared ?? values[0] ?? "");
      else for (const value of values.slice(0, 3)) await expectSameRows(page, `${path}?${new URLSearchParams({ [name]: value })}`);
    }
  });
}

test("AUD-12: a page of another site can neither take a file nor leave an entry of it", async ({ page }) => {
  const exports = async () => (await (await page.request.get(`${organization.path}/audit-log?message=Exported`)).text()).split("Exported sites").length;
  const before = await exports();
  for (const list of lists) {
    const headers = { "Sec-Fetch-Site": "cross-site", Referer: "https://elsewhere.example/" };
    expect((await page.request.get(`${organization.path}/${list}/download`, { headers })).status(), list).toBe(403);
  }
  expect(await exports()).toBe(before);
});

test("X-8: every list of an organization has saved views", async () => {
  for (const list of lists) expect((await organization.client.get(`${organization.path}/${list}`)).body, list).toContain('id="views-menu"');
});

test("X-8: every list of an organization can be downloaded as CSV", async ({ page }) => {
  const found: string[] = [];
  for (const route of Object.keys(mergedPart("pages")).filter((one) => one !== "" && !one.includes("["))) {
    await page.goto(`${organization.path}/${route}`);
    if ((await page.locator("main .list").count()) > 0) found.push(route);
  }
  expect(found.toSorted()).toEqual(lists.toSorted());
});
