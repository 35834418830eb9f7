import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { withThrowawayDatabase } from "../scripts/test/throwaway-database.ts";
import { filled, newBrowser } from "./browser.ts";
import { browserOf, newWord, type Organization, organizationCalled } from "./setup/cast.ts";
import { type Portal, startPortal } from "./setup/portal.ts";
import { headOf, raw } from "./setup/raw-http.ts";

let portal: Portal;
let organization: Organization;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  portal = await startPortal();
  organization = await organizationCalled(portal.address, "Tidewater Retail");
});

test.afterAll(async () => {
  portal.child.kill("SIGTERM");
  await portal.ended;
});

type Line = { level: string; msg: string; requestId?: string };

/** What the log has of a request besides its line of access. */
async function linesAbout(requestId = ""): Promise<Line[]> {
  const lines = () => readFileSync(path.join(portal.data, "logs", "web.log"), "utf8").split("\n").filter((line) => line.includes(requestId));
  await expect.poll(() => lines().some((line) => line.includes('"msg":"Request"')), { message: `the line of ${requestId}` }).toBe(true);
  return lines().map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg !== "Request");
}

test("TEN-5: pages and actions are answered with the status that is set while they render", async () => {
  const { boss, path: base } = organization;
  expect((await boss.get(`${base}/sites`)).status).toBe(200);
  expect((await boss.get("/sign-in/code")).status).toBe(307);
  const observer = await browserOf(portal.address, "priya.raman@tidewater.example");
  expect((await observer.get(`${base}/administrators/invite`)).status).toBe(403);
  const stranger = await browserOf(portal.address, "clara.harbourline@harbourline.example");
  expect((await stranger.get(`${base}/sites`)).status).toBe(404);

  const form = filled(await boss.formOn(`${base}/sites/new`, "Create Site"), { name: newWord("site") });
  const nobody = newBrowser(portal.address);
  const [sent, called] = [await nobody.send(form), await nobody.call(form)];
  expect([sent.status, called.status]).toEqual([401, 401]);
  expect(called.headers.get("content-type")).toContain("text/x-component");
});

test("WEB-4: a page says that it depends on cookies, also after Next has said what else it depends on", async () => {
  const { headers } = await organization.boss.get(`${organization.path}/sites`);
  expect(headers.get("vary")).toMatch(/rsc/i);
  expect(headers.get("vary")).toMatch(/cookie/i);
});

test("X-2: an action that is called from another page than its own is done, and leads on", async () => {
  const { boss, path: base } = organization;
  const fields = { name: newWord("site"), country: "DE", timeZone: "Europe/Berlin", address: "Forward Street 1" };
  const form = filled(await boss.formOn(`${base}/sites/new`, "Create Site"), fields);
  const answer = await boss.call({ ...form, path: "/account" });
  expect([answer.status, answer.headers.get("x-action-redirect")]).toEqual([200, expect.stringContaining("notice=site-created")]);
  expect(answer.body, "the page it leads to comes along").toContain(fields.name);
});

test("WEB-5: a page that failed is complete without script and shows the id under which the log has it", async () => {
  const { boss, path: base } = organization;
  await withThrowawayDatabase(String(portal.port), (sql) => sql`alter table sites rename to sites_away`);
  const [page, payload] = [await boss.get(`${base}/sites`), await boss.payload(`${base}/sites`)];
  await withThrowawayDatabase(String(portal.port), (sql) => sql`alter table sites_away rename to sites`);

  expect([page.status, page.headers.get("content-type")]).toEqual([500, "text/html; charset=utf-8"]);
  expect(page.body).toContain("<h1>This page could not be shown</h1>");
  expect(page.body).toContain(`Error ${page.requestId}`);
  expect(page.body).not.toMatch(/<script|sites_away|\n\s+at /);
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await linesAbout(page.requestId)).map(({ level, msg }) => [level, msg])).toEqual([["error", "Unexpected error"]]);
  expect((await linesAbout(payload.requestId)).map(({ level, msg }) => [level, msg])).toEqual([["error", "Unexpected error"]]);
  expect((await boss.get(`${base}/sites`)).status).toBe(200);
});

const residentMegabytes = () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(portal.pidOf("web"))], { encoding: "utf8" })) / 1_024;

/** Begins a request whose body does not end; what comes back is the status, or 0 when the connection is cut. */
function unfinished(headers: Record<string, string>) {
  const socket = connect(portal.port, "localhost").setNoDelay().on("error", () => {});
  const answer = new Promise<number>((resolve) => {
    socket.once("data", (chunk: Buffer) => resolve(Number(chunk.toString().split(" ")[1])));
    socket.once("close", () => resolve(0));
  });
  socket.write(headOf(portal.address, { method: "POST", target: "/sign-in", headers: { Origin: portal.address, ...headers } }));
  return { socket, answer };
}

test("REL-9: two dozen unfinished requests that send tiny chunks are refused or cut off, and hold little memory", async () => {
  const before = residentMegabytes();
  const chunked = Array.from({ length: 24 }, () => unfinished({ "Transfer-Encoding": "chunked" }));
  for (const { socket } of chunked) socket.write("1\r\na\r\n".repeat(50_000));
  expect(new Set(await Promise.all(chunked.map(({ answer }) => answer)))).toEqual(new Set([411]));

  const type = "multipart/form-data; boundary=----WebKitFormBoundaryAbCdEf0123456789";
  const declared = Array.from({ length: 24 }, () => unfinished({ "Content-Length": "1000000", "Content-Type": type }));
  for (let bytes = 0; bytes < 1_000; bytes += 1) {
    for (const { socket } of declared) if (socket.writable) socket.write("-");
    await turn();
  }
  const statuses = await Promise.all(declared.map(({ answer }) => answer));
  expect(statuses.sort()).toEqual([...Array.from({ length: 20 }, () => 0), 503, 503, 503, 503]);
  expect(residentMegabytes() - before).toBeLessThan(100);
  for (const { socket } of [...chunked, ...declared]) socket.destroy();
  expect((await organization.boss.get("/orgs")).status).toBe(200);
});
