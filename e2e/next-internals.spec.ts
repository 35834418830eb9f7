import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { withThrowawayDatabase } from "../scripts/test/throwaway-database.ts";
import { withIdentityOf, fillForm, newHttpClient } from "./setup/http-client.ts";
import { harbourlineMembers, tidewaterMembers } from "./setup/demo-members.ts";
import { clientOf, type Organization, demoOrganization } from "./setup/organizations.ts";
import { type Portal, startPortal } from "./setup/portal.ts";
import { requestHead, sendRawRequest } from "./setup/raw-http.ts";
import { uniqueEmail, uniqueWord } from "./setup/unique.ts";

let portal: Portal;
let organization: Organization;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  portal = await startPortal();
  organization = await demoOrganization(portal.address, "Tidewater Retail");
});

test.afterAll(async () => {
  portal.child.kill("SIGTERM");
  await portal.ended;
});

type LogLine = { level: string; msg: string; requestId?: string };

/** The log lines of a request besides its access line. */
async function logLinesOf(requestId = ""): Promise<LogLine[]> {
  const lines = () => readFileSync(path.join(portal.data, "logs", "web.log"), "utf8").split("\n").filter((line) => line.includes(requestId));
  await expect.poll(() => lines().some((line) => line.includes('"msg":"Request"')), { message: `the line of ${requestId}` }).toBe(true);
  return lines().map((line) => JSON.parse(line) as LogLine).filter(({ msg }) => msg !== "Request");
}

test("TEN-5: pages and actions respond with the status that is set while they render", async () => {
  const { superUser, path: base } = organization;
  expect((await superUser.get(`${base}/sites`)).status).toBe(200);
  expect((await superUser.get("/sign-in/code")).status).toBe(307);
  const networkAdmin = await clientOf(portal.address, tidewaterMembers.networkAdmin);
  expect((await networkAdmin.get(`${base}/administrators/invite`)).status).toBe(403);
  const nonMember = await clientOf(portal.address, harbourlineMembers.observer);
  expect((await nonMember.get(`${base}/sites`)).status).toBe(404);

  const form = await withIdentityOf(networkAdmin, fillForm(await superUser.formOn(`${base}/administrators/invite`, "Invite"), { email: uniqueEmail() }));
  const [sent, called] = [await networkAdmin.send(form), await networkAdmin.call(form)];
  expect([sent.status, called.status]).toEqual([403, 403]);
  expect(called.headers.get("content-type")).toContain("text/x-component");
});

test("WEB-4: Vary contains Cookie besides what Next adds", async () => {
  const { headers } = await organization.superUser.get(`${organization.path}/sites`);
  expect(headers.get("vary")).toMatch(/rsc/i);
  expect(headers.get("vary")).toMatch(/cookie/i);
});

test("X-2: an action that is called from another page runs and redirects", async () => {
  const { superUser, path: base } = organization;
  const fields = { name: uniqueWord("site"), country: "DE", timeZone: "Europe/Berlin", streetAddress: "Forward Street 1" };
  const form = fillForm(await superUser.formOn(`${base}/sites/new`, "Create Site"), fields);
  const answer = await superUser.call({ ...form, path: "/account" });
  expect([answer.status, answer.headers.get("x-action-redirect")]).toEqual([200, expect.stringContaining("notice=site-created")]);
  expect(answer.body, "the response contains the page of the redirect").toContain(fields.name);
});

test("WEB-5: an error page is complete without JavaScript and shows the request id of the log", async () => {
  const { superUser, path: base } = organization;
  await withThrowawayDatabase(String(portal.port), (sql) => sql`alter table sites rename to sites_renamed`);
  const [page, payload] = [await superUser.get(`${base}/sites`), await superUser.payload(`${base}/sites`)];
  await withThrowawayDatabase(String(portal.port), (sql) => sql`alter table sites_renamed rename to sites`);

  expect([page.status, page.headers.get("content-type")]).toEqual([500, "text/html; charset=utf-8"]);
  expect(page.body).toContain("<h1>This page couldn’t be shown</h1>");
  expect(page.body).toContain(`Error ID ${page.requestId}`);
  expect(page.body).not.toMatch(/<script|sites_renamed|\n\s+at /);
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await logLinesOf(page.requestId)).map(({ level, msg }) => [level, msg])).toEqual([["error", "Unexpected error"]]);
  expect((await logLinesOf(payload.requestId)).map(({ level, msg }) => [level, msg])).toEqual([["error", "Unexpected error"]]);
  expect((await superUser.get(`${base}/sites`)).status).toBe(200);
});

const boundary = "----WebKitFormBoundaryAbCdEf0123456789";
const part = (name: string, value = "") => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const closing = `--${boundary}--\r\n`;
const form = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
const text = { "Content-Type": "text/plain;charset=UTF-8" };

const unreadable: [what: string, headers: Record<string, string>, body?: string][] = [
  ["JSON null", text, "null"],
  ["JSON text", text, '"x"'],
  ["half a JSON list", text, "["],
  ["nothing", text, ""],
  ["nested too deep", text, "[".repeat(5_000)],
  ["too many arguments", text, JSON.stringify(Array(2_000).fill(1))],
  ["a file form without boundary", { "Content-Type": "multipart/form-data" }, closing],
  ["a file form that is empty", form, ""],
  ["a file form that is cut off", form, part("0", "[]") + part("_1_name", "x")],
  ["NUL in the name of a part", form, part("_1_na\0me", "x") + part("0", '["$K1"]') + closing],
  ["a part without arguments", form, part("_1_name", "x") + closing],
  ["a part that is null", form, part("0", "null") + closing],
  ["an action named like a member of Object", { ...text, "Next-Action": "constructor" }, "[]"],
  ["a router state that is none", { RSC: "1", "Next-Router-State-Tree": "%5B%5D" }],
];

const plainForms = unreadable.filter(([what]) => what.startsWith("a file form")).map(([what, ...rest]) => [`${what}, sent without script,`, ...rest] as const);

/** The id of the sign-in action; Next forwards calls of actions that the page does not have. */
async function actionId(): Promise<string> {
  const { pairs } = await newHttpClient(portal.address).formOn("/sign-in", "Sign in");
  return /"id":"([\da-f]+)"/.exec(pairs.map(([, value]) => value).join("\n"))?.[1] ?? "";
}

for (const [what, headers, body = ""] of [...unreadable, ...plainForms]) {
  test(`WEB-5, INP-4: ${what} is answered 400 and logged as a warning at most`, async () => {
    const action: Record<string, string> = what.includes("without script") ? {} : { "Next-Action": await actionId() };
    const sent = { Origin: portal.address, "Content-Length": String(Buffer.byteLength(body)), ...action, ...headers };
    const answer = await sendRawRequest(portal.address, { method: "POST", target: "/sign-in", headers: sent, body });
    expect(answer.status, answer.body).toBe(400);
    const lines = await logLinesOf(answer.headers.get("x-request-id"));
    expect(lines.filter(({ level }) => level !== "warn")).toEqual([]);
    expect(JSON.stringify(lines).length).toBeLessThan(3_000);
  });
}

test("INP-4: a parameter named like a member of Object is answered 400; as a value it is an ordinary value", async () => {
  for (const name of ["toString", "constructor", "__proto__"]) {
    expect((await organization.superUser.get(`${organization.path}/sites?${name}=1`)).status).toBe(400);
    const values = ["notice", "dialog", "sort", "columns", "search"].map((parameter) => `${parameter}=${name}`).join("&");
    for (const suffix of ["/sites", "/administrators", "/audit-log"]) {
      expect((await organization.superUser.get(`${organization.path}${suffix}?${values}`)).status).toBe(200);
    }
  }
});

const residentMegabytes = () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(portal.pidOf("web"))], { encoding: "utf8" })) / 1_024;

/** Starts a request whose body does not end; its status is 0 when it is disconnected. */
function unfinished(headers: Record<string, string>) {
  const socket = connect(portal.port, "localhost").setNoDelay().on("error", () => {});
  const request = { socket, status: undefined as number | undefined };
  socket.once("data", (chunk: Buffer) => (request.status ??= Number(chunk.toString().split(" ")[1])));
  socket.once("close", () => (request.status ??= 0));
  socket.write(requestHead(portal.address, { method: "POST", target: "/sign-in", headers: { Origin: portal.address, ...headers } }));
  return request;
}

const pending = (requests: readonly { status: number | undefined }[]) => requests.filter(({ status }) => status === undefined).length;

test("REL-9: 24 unfinished requests with tiny chunks are refused or disconnected and use little memory", async () => {
  const before = residentMegabytes();
  const chunked = Array.from({ length: 24 }, () => unfinished({ "Transfer-Encoding": "chunked" }));
  for (const { socket } of chunked) socket.write("1\r\na\r\n".repeat(50_000));
  await expect.poll(() => pending(chunked)).toBe(0);
  // A refusal is lost when the connection ends while the client still sends.
  for (const { status } of chunked) expect([411, 0]).toContain(status);

  const declared = Array.from({ length: 24 }, () => unfinished({ "Content-Length": "1000000", ...form }));
  await expect.poll(() => pending(declared), "four are refused at once").toBe(20);
  const admitted = declared.filter(({ status }) => status === undefined);
  for (let bytes = 0; bytes < 1_000; bytes += 1) {
    for (const { socket } of admitted) if (socket.writable) socket.write("-");
    await nextTurn();
  }
  await expect.poll(() => pending(declared), { timeout: 30_000 }).toBe(0);
  expect([0, 503].map((status) => declared.filter((one) => one.status === status).length)).toEqual([20, 4]);
  expect(residentMegabytes() - before).toBeLessThan(100);
  for (const { socket } of [...chunked, ...declared]) socket.destroy();
  expect((await organization.superUser.get("/orgs")).status).toBe(200);
});
