import { randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { isProcessAlive } from "../scripts/postgres/postmaster.ts";
import { type Browser, filled, type Form } from "./browser.ts";
import { organizationCalled } from "./setup/cast.ts";
import { type Portal, startPortal, type Victim } from "./setup/portal.ts";

const victims: Victim[] = ["worker", "web", "postgres", "worker", "postgres", "web", "worker"];
const atOnce = 5;
const recoversWithin = 30_000;

type Office = { portal: Portal; boss: Browser; path: string; form: Form; tried: string[]; acknowledged: Set<string> };

async function openOffice(portal: Portal): Promise<Office> {
  const { boss, path } = await organizationCalled(portal.address, "Tidewater Retail");
  const form = await boss.formOn(`${path}/administrators/invite`, "Invite");
  return { portal, boss, path, form, tried: [], acknowledged: new Set() };
}

/** Invites somebody new; acknowledged is what the answer says, and no answer says nothing. */
async function invite({ boss, form, tried, acknowledged }: Office) {
  const email = `crash-${tried.length}@example.test`;
  tried.push(email);
  const fields = { email, firstName: "Cora", lastName: "Crash", role: "observer", scope: "all" };
  const answer = await boss.send(filled(form, fields)).catch(() => undefined);
  if (answer?.status === 303 && answer.location.includes("administrator-invited")) acknowledged.add(email);
  else expect(answer?.status ?? 503, "what is not acknowledged is a refusal to serve").toBe(503);
}

/** What a page answers until the one that was killed has a successor that serves; an answer of 0 is no connection. */
async function answersUntilWell({ boss, path }: Office, hasSuccessor: () => boolean): Promise<number[]> {
  const statuses: number[] = [];
  for (const end = Date.now() + recoversWithin; Date.now() < end; await pause(50)) {
    const since = Date.now();
    const status = await boss.get(`${path}/sites`).then((answer) => answer.status, () => 0);
    expect(Date.now() - since, "an answer within 10 s").toBeLessThan(10_000);
    statuses.push(status);
    if (status === 200 && hasSuccessor()) return statuses;
  }
  throw new Error(`not well within ${recoversWithin / 1_000} s: ${statuses.slice(-5).join(", ")}`);
}

async function killDuringInvitations(office: Office, victim: Victim) {
  await expect.poll(() => office.portal.pidOf(victim), { timeout: recoversWithin }).toBeGreaterThan(0);
  const invitations = Array.from({ length: atOnce }, async () => {
    await pause(randomInt(150));
    await invite(office);
  });
  await pause(randomInt(250));
  const killed = office.portal.pidOf(victim);
  process.kill(killed, "SIGKILL");
  const outage = { worker: 200, web: 0, postgres: 503 }[victim];
  const seen = await answersUntilWell(office, () => ![0, killed].includes(office.portal.pidOf(victim)));
  await Promise.all(invitations);
  expect(seen.filter((status) => ![outage, 200].includes(status)), `pages while the ${victim} is gone`).toEqual([]);
  const before = office.acknowledged.size;
  await invite(office);
  expect(office.acknowledged.size, `an invitation after the ${victim} is back`).toBe(before + 1);
}

const times = (text: string, word: string) => text.split(word).length - 1;

/** Of each invitation that was tried: how often it is in the list, in the log and in the mailbox. */
async function traces({ boss, path, tried }: Office): Promise<Record<string, string>> {
  const { body: list } = await boss.get(`${path}/administrators/download`);
  const { body: log } = await boss.get(`${path}/audit-log/download?format=ndjson&period=24h`);
  const { body: mailbox } = await boss.get("/mailbox");
  const entries = log.split("\n").filter((line) => line.includes("administrator.invited"));
  const entriesOf = (email: string) => entries.filter((line) => line.includes(`"${email}"`)).length;
  const lettersTo = (email: string) => times(mailbox, `>${email}<`);
  return Object.fromEntries(tried.map((email) => [email, `${times(list, email)} ${entriesOf(email)} ${lettersTo(email)}`]));
}

async function holdOpen(port: number) {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  const head = ["POST /sign-in HTTP/1.1", `Host: localhost:${port}`, `Origin: http://localhost:${port}`, "Content-Length: 9"];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  return socket;
}

let portal: Portal;

test.beforeAll(async () => {
  portal = await startPortal();
});

test.afterAll(async () => {
  portal.child.kill("SIGTERM");
  await portal.ended;
});

test("REL-1, REL-2, REL-3: killing worker, web and Postgres during invitations loses none and doubles none", async () => {
  test.setTimeout(300_000);
  const office = await openOffice(portal);
  for (const victim of victims) await killDuringInvitations(office, victim);
  const { tried, acknowledged } = office;
  expect(tried).toHaveLength(victims.length * (atOnce + 1));
  const isWhole = (trace: string, email: string) => trace === "1 1 1" || (trace === "0 0 0" && !acknowledged.has(email));
  const broken = async () => Object.entries(await traces(office)).filter(([email, trace]) => !isWhole(trace, email));
  await expect.poll(broken, { timeout: recoversWithin }).toEqual([]);
});

test("REL-5: SIGTERM stops web, worker and Postgres within 30 s, also with a request held open", async () => {
  const postmaster = portal.pidOf("postgres");
  const socket = await holdOpen(portal.port);
  const since = Date.now();
  portal.child.kill("SIGTERM");
  const [code] = (await portal.ended) as [number];
  expect(Date.now() - since).toBeLessThan(30_000);
  expect(code).toBe(0);
  expect(await portal.answers()).toBe(false);
  expect(isProcessAlive(postmaster)).toBe(false);
  expect(existsSync(portal.data)).toBe(false);
  socket.destroy();
});

test("nothing outlives a portal whose main process was killed outright", async () => {
  const portal = await startPortal();
  const postmaster = portal.pidOf("postgres");
  portal.child.kill("SIGKILL");
  await portal.ended;
  await expect.poll(portal.answers).toBe(false);
  await expect.poll(() => isProcessAlive(postmaster)).toBe(false);
});
