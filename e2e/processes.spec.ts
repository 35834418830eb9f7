import { randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { fakeSmtp } from "../lib/integrations/fake-smtp.ts";
import { isProcessAlive } from "../scripts/postgres/postmaster.ts";
import { withThrowawayDatabase } from "../scripts/test/throwaway-database.ts";
import { type HttpClient, fillForm, type Form } from "./setup/http-client.ts";
import { demoOrganization } from "./setup/organizations.ts";
import { type Portal, startPortal, type ProcessName } from "./setup/portal.ts";

const killedProcesses: ProcessName[] = ["worker", "web", "postgres", "worker", "postgres", "web", "worker"];
const concurrentInvitations = 5;
const recoveryTimeoutMs = 30_000;

type Run = { portal: Portal; superUser: HttpClient; path: string; form: Form; attempted: string[]; acknowledged: Set<string> };

async function startRun(portal: Portal): Promise<Run> {
  const { superUser, path } = await demoOrganization(portal.address, "Tidewater Retail");
  const form = await superUser.formOn(`${path}/administrators/invite`, "Invite");
  return { portal, superUser, path, form, attempted: [], acknowledged: new Set() };
}

/** Sends an invitation; it counts as acknowledged only when the response says so. */
async function invite({ superUser, form, attempted, acknowledged }: Run) {
  const email = `crash-${attempted.length}@example.test`;
  attempted.push(email);
  const fields = { email, firstName: "Cora", lastName: "Crash", role: "observer", scope: "all" };
  const answer = await superUser.send(fillForm(form, fields)).catch(() => undefined);
  if (answer?.status === 303 && answer.location.includes("administrator-invited")) acknowledged.add(email);
  else expect(answer?.status ?? 503, "an invitation without acknowledgement is answered 503 or not at all").toBe(503);
}

/** The statuses of a page until the killed process is replaced and serves; 0 means no connection. */
async function statusesUntilRecovered({ superUser, path }: Run, hasSuccessor: () => boolean): Promise<number[]> {
  const statuses: number[] = [];
  for (const end = Date.now() + recoveryTimeoutMs; Date.now() < end; await pause(50)) {
    const startedAt = Date.now();
    const status = await superUser.get(`${path}/sites`).then((answer) => answer.status, () => 0);
    expect(Date.now() - startedAt, "responds within 10 s").toBeLessThan(10_000);
    statuses.push(status);
    if (status === 200 && hasSuccessor()) return statuses;
  }
  throw new Error(`not recovered within ${recoveryTimeoutMs / 1_000} s: ${statuses.slice(-5).join(", ")}`);
}

async function killDuringInvitations(run: Run, processName: ProcessName) {
  await expect.poll(() => run.portal.pidOf(processName), { timeout: recoveryTimeoutMs }).toBeGreaterThan(0);
  const invitations = Array.from({ length: concurrentInvitations }, async () => {
    await pause(randomInt(150));
    await invite(run);
  });
  await pause(randomInt(250));
  const killed = run.portal.pidOf(processName);
  process.kill(killed, "SIGKILL");
  const expectedStatus = { worker: 200, web: 0, postgres: 503 }[processName];
  const statuses = await statusesUntilRecovered(run, () => ![0, killed].includes(run.portal.pidOf(processName)));
  await Promise.all(invitations);
  expect(statuses.filter((status) => ![expectedStatus, 200].includes(status)), `pages while the ${processName} is gone`).toEqual([]);
  const before = run.acknowledged.size;
  await invite(run);
  expect(run.acknowledged.size, `an invitation after the ${processName} is back`).toBe(before + 1);
}

const occurrences = (text: string, word: string) => text.split(word).length - 1;

/** How often each attempted invitation is in the list, the audit log and the mailbox. */
async function countTraces({ superUser, path, attempted }: Run): Promise<Record<string, string>> {
  const { body: list } = await superUser.get(`${path}/administrators/download`);
  const { body: log } = await superUser.get(`${path}/audit-log/download?format=ndjson&period=24h`);
  const { body: mailbox } = await superUser.get("/mailbox");
  const entries = log.split("\n").filter((line) => line.includes("administrator.invited"));
  const entriesOf = (email: string) => entries.filter((line) => line.includes(`"${email}"`)).length;
  const emailsTo = (email: string) => occurrences(mailbox, `>${email}<`);
  return Object.fromEntries(attempted.map((email) => [email, `${occurrences(list, email)} ${entriesOf(email)} ${emailsTo(email)}`]));
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

test("REL-1, REL-2, REL-3: killing worker, web and Postgres during invitations loses none and duplicates none", async () => {
  test.setTimeout(300_000);
  const run = await startRun(portal);
  for (const processName of killedProcesses) await killDuringInvitations(run, processName);
  const { attempted, acknowledged } = run;
  expect(attempted).toHaveLength(killedProcesses.length * (concurrentInvitations + 1));
  const isConsistent = (trace: string, email: string) => trace === "1 1 1" || (trace === "0 0 0" && !acknowledged.has(email));
  const inconsistent = async () => Object.entries(await countTraces(run)).filter(([email, trace]) => !isConsistent(trace, email));
  await expect.poll(inconsistent, { timeout: recoveryTimeoutMs }).toEqual([]);
});

test("REL-5: SIGTERM stops web, worker and Postgres within 30 s, also with a request held open", async () => {
  const postmaster = portal.pidOf("postgres");
  const socket = await holdOpen(portal.port);
  const startedAt = Date.now();
  portal.child.kill("SIGTERM");
  const [code] = (await portal.ended) as [number];
  expect(Date.now() - startedAt).toBeLessThan(30_000);
  expect(code).toBe(0);
  expect(await portal.answers()).toBe(false);
  expect(isProcessAlive(postmaster)).toBe(false);
  expect(existsSync(portal.data)).toBe(false);
  socket.destroy();
});

test.describe("with an SMTP server", () => {
  let smtp: Awaited<ReturnType<typeof fakeSmtp>>;
  let sending: Portal;

  test.beforeAll(async () => {
    smtp = await fakeSmtp();
    sending = await startPortal({ SMTP_URL: smtp.url });
  });

  test.afterAll(async () => {
    sending.child.kill("SIGTERM");
    await sending.ended;
    await smtp.close();
  });

  test("REL-1, REL-7: a killed worker sends again only what the server had not answered, under the same Message-ID", async () => {
    const run = await startRun(sending);
    const timesReceived = () => {
      const invitations = smtp.received.filter(({ to }) => to.some((recipient) => run.attempted.includes(recipient.slice(1, -1))));
      const ids = invitations.map(({ source }) => /^Message-ID: <(.*)>/m.exec(source)?.[1]);
      return [...new Set(ids)].map((id) => ids.filter((other) => other === id).length);
    };
    for (let number = 0; number < 3; number += 1) await invite(run);
    await expect.poll(timesReceived, { timeout: recoveryTimeoutMs }).toEqual([1, 1, 1]);
    const answer = Promise.withResolvers<void>();
    smtp.behaviour.beforeFinalReply = () => answer.promise;
    for (let number = 0; number < 2; number += 1) await invite(run);
    await expect.poll(timesReceived, { timeout: recoveryTimeoutMs }).toEqual([1, 1, 1, 1, 1]);
    process.kill(sending.pidOf("worker"), "SIGKILL");
    await expect.poll(timesReceived, { timeout: recoveryTimeoutMs }).toEqual([1, 1, 1, 2, 2]);
    answer.resolve();
    const queued = () => withThrowawayDatabase(String(sending.port), (sql) => sql`select 1 from email_outbox where status <> 'sent'`);
    await expect.poll(queued).toHaveLength(0);
    expect(timesReceived()).toEqual([1, 1, 1, 2, 2]);
  });
});

test("no process survives when the main process is killed", async () => {
  const killed = await startPortal();
  const postmaster = killed.pidOf("postgres");
  killed.child.kill("SIGKILL");
  await killed.ended;
  await expect.poll(killed.answers).toBe(false);
  await expect.poll(() => isProcessAlive(postmaster)).toBe(false);
});
