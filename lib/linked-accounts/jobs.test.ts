import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { withWorkerScope } from "@/db/auth-access";
import { linkedAccounts, tokenRevocations } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { listenOnFreePort } from "@/lib/integrations/listen-on-free-port";
import { unlinkAccount } from "@/lib/linked-accounts/commands";
import { decryptTokens } from "@/lib/linked-accounts/internal";
import { jobs } from "@/lib/linked-accounts/jobs";
import { listApplications } from "@/lib/linked-accounts/queries";
import { refreshAfter } from "@/lib/linked-accounts/rules";
import { configureApplications, newLinkedAccount } from "@/lib/testing/applications";
import { latestAuditEntry, listAuditEntries, newSuperUser } from "@/lib/testing/fixtures";

const provider = await fakeOAuthProvider();
let beforeTokens: (() => Promise<unknown>) | undefined;

/** The token endpoint of the provider, which a test can hold up. */
const tokenEndpoint = await listenOnFreePort(createServer((request, response) => void forward(request, response)));

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  await beforeTokens?.();
  const headers = { "Content-Type": String(request.headers["content-type"]), Authorization: String(request.headers.authorization) };
  const answer = await fetch(`${provider.issuer}/token`, { method: "POST", headers, body });
  response.writeHead(answer.status, { "Content-Type": "application/json" }).end(await answer.text());
}

beforeAll(() => configureApplications(provider.issuer, `http://127.0.0.1:${tokenEndpoint.port}/token`));
afterAll(() => Promise.all([provider.close(), tokenEndpoint.close()]));
afterEach(() => {
  beforeTokens = undefined;
  Object.assign(provider.tampering, { tokens: undefined, revocation: undefined });
});

const run = (name: string) => jobs.find((job) => job.name === name)?.perform({}) ?? Promise.reject(new Error(name));
const refresh = () => run("linked_accounts.refresh");
const revoke = () => run("linked_accounts.revoke");

const rowOf = ({ orgId }: Actor) => withTenant({ orgId, sites: "all" }, async (tx) => (await tx.select().from(linkedAccounts))[0]);
const setRow = ({ orgId }: Actor, values: Record<string, unknown>) => withTenant({ orgId, sites: "all" }, (tx) => tx.update(linkedAccounts).set(values));
const makeDue = (actor: Actor) => setRow(actor, { refreshAt: sql`now()` });
const tokensOf = (row: Awaited<ReturnType<typeof rowOf>>) => decryptTokens(String(row?.id), row?.encryptedTokens ?? Buffer.alloc(0));

async function newDueAccount() {
  const superUser = await newSuperUser();
  const { id, whom } = await newLinkedAccount(provider, superUser);
  await makeDue(superUser);
  return { superUser, id, whom };
}

test("ORG-13: tokens are refreshed ten minutes before they expire, or after half of a shorter life", () => {
  expect([refreshAfter(3_600, true), refreshAfter(600, true), refreshAfter(3_600, false), refreshAfter(undefined, true)]).toEqual([3_000, 300, 3_600, null]);
});

test("ORG-13: due tokens are replaced, others are left alone, and each new refresh token works once", async () => {
  const { superUser } = await newDueAccount();
  const other = await newSuperUser();
  await newLinkedAccount(provider, other);
  const [before, untouched] = [await rowOf(superUser), await rowOf(other)];
  await refresh();
  const after = await rowOf(superUser);
  expect(tokensOf(after)).not.toEqual(tokensOf(before));
  expect(after).toMatchObject({ failedAt: null });
  expect(Number(after?.refreshAt)).toBeGreaterThan(Date.now() + 1_800_000);
  expect(await rowOf(other)).toEqual(untouched);
  await makeDue(superUser);
  await refresh();
  expect(tokensOf(await rowOf(superUser))).not.toEqual(tokensOf(after));
  expect(await rowOf(superUser)).toMatchObject({ failedAt: null });
});

test("ORG-13: of 10 workers at once, one refreshes an account", async () => {
  const { superUser } = await newDueAccount();
  const before = provider.refreshCount();
  await Promise.all(Array.from({ length: 10 }, refresh));
  expect(provider.refreshCount() - before).toBe(1);
  expect(await rowOf(superUser)).toMatchObject({ failedAt: null });
});

test("ORG-13: a refused refresh token ends the link: it is shown, recorded and not retried until the account is linked again", async () => {
  const { superUser, whom } = await newDueAccount();
  provider.refreshTokens.clear();
  await refresh();
  const [zoom] = await listApplications(superUser, {});
  expect(zoom?.accounts).toMatchObject([{ name: whom.email, failedAt: expect.any(Date) }]);
  expect(await latestAuditEntry(superUser)).toMatchObject({
    name: "linked_account.failed",
    actorKind: "system",
    message: `Lost the link with Zoom account ${whom.email}`,
  });
  const asked = provider.refreshCount();
  await refresh();
  expect([provider.refreshCount(), (await listAuditEntries(superUser)).filter(({ name }) => name === "linked_account.failed")]).toEqual([asked, [expect.anything()]]);
  await newLinkedAccount(provider, superUser, whom);
  expect(await rowOf(superUser)).toMatchObject({ failedAt: null });
});

test("ORG-13: while the application is down the account stays linked and is tried again after a minute", async () => {
  const { superUser } = await newDueAccount();
  const before = tokensOf(await rowOf(superUser));
  provider.tampering.tokens = (_tokens, response) => Object.assign(response, { statusCode: 503, body: {} });
  await refresh();
  const row = await rowOf(superUser);
  expect([tokensOf(row), row?.failedAt]).toEqual([before, null]);
  expect(Number(row?.refreshAt)).toBeGreaterThan(Date.now() + 30_000);
});

test("ORG-13: tokens that could not be refreshed for a day after they expired end the link", async () => {
  const { superUser } = await newDueAccount();
  await setRow(superUser, { expiresAt: sql`now() - interval '25 hours'` });
  provider.tampering.tokens = (_tokens, response) => Object.assign(response, { statusCode: 503, body: {} });
  await refresh();
  expect(await rowOf(superUser)).toMatchObject({ failedAt: expect.any(Date), refreshAt: null });
});

test("ORG-13: an account that is unlinked while its tokens are refreshed keeps none: the new ones are revoked too", async () => {
  const { superUser, id } = await newDueAccount();
  beforeTokens = () => unlinkAccount(superUser, { linkedAccountId: id });
  await refresh();
  beforeTokens = undefined;
  expect(await rowOf(superUser)).toBeUndefined();
  const waiting = await withWorkerScope((tx) => tx.select().from(tokenRevocations));
  const tokens = waiting.map((row) => decryptTokens(row.id, row.encryptedTokens).accessToken);
  expect(tokens).toHaveLength(2);
  await revoke();
  expect(provider.revoked).toEqual(expect.arrayContaining(tokens));
});

test("ORG-13: an account that is linked again while its tokens are refreshed keeps the newer ones", async () => {
  const { superUser, whom } = await newDueAccount();
  let newer: unknown;
  beforeTokens = async () => {
    beforeTokens = undefined;
    await newLinkedAccount(provider, superUser, whom);
    newer = tokensOf(await rowOf(superUser));
  };
  await refresh();
  expect(tokensOf(await rowOf(superUser))).toEqual(newer);
});

async function newUnlinkedAccount() {
  const superUser = await newSuperUser();
  const { id } = await newLinkedAccount(provider, superUser);
  const { accessToken } = tokensOf(await rowOf(superUser));
  await unlinkAccount(superUser, { linkedAccountId: id });
  return { id, accessToken };
}

const revocationOf = (id: string) => withWorkerScope(async (tx) => (await tx.select().from(tokenRevocations).where(eq(tokenRevocations.id, id)))[0]);

test("ORG-13: the tokens of an unlinked account are revoked at the application once, also by several workers", async () => {
  const { id, accessToken } = await newUnlinkedAccount();
  await Promise.all(Array.from({ length: 5 }, revoke));
  expect(provider.revoked.filter((token) => token === accessToken)).toHaveLength(1);
  expect(await revocationOf(id)).toBeUndefined();
});

test("ORG-13: a revocation that fails is retried with growing pauses, and given up after a week", async () => {
  const { id, accessToken } = await newUnlinkedAccount();
  provider.tampering.revocation = () => 503;
  await revoke();
  await revoke();
  expect(await revocationOf(id)).toMatchObject({ attempts: 1 });
  const makeRevocationDue = (values: Record<string, unknown> = {}) =>
    withWorkerScope((tx) => tx.update(tokenRevocations).set({ nextAttemptAt: sql`now()`, ...values }).where(eq(tokenRevocations.id, id)));
  await makeRevocationDue();
  await revoke();
  const waiting = await revocationOf(id);
  expect(waiting?.attempts).toBe(2);
  expect(Number(waiting?.nextAttemptAt)).toBeGreaterThan(Date.now() + 90_000);
  await makeRevocationDue({ createdAt: sql`now() - interval '8 days'` });
  await expect(revoke()).rejects.toThrow("The tokens of 1 unlinked accounts could not be revoked for 7 days");
  expect(await revocationOf(id)).toBeUndefined();
  expect(provider.revoked).not.toContain(accessToken);
});
