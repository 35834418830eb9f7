import { getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, notificationSubscriptions, passkeys, recoveryCodes, savedViews, totpCredentials, usageEvents } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { exportAdministrators } from "@/lib/administrators/commands";
import { exportAuditLog } from "@/lib/audit/commands";
import { getAuditLog } from "@/lib/audit/queries";
import { exportAccountData } from "@/lib/data-export/commands";
import { getDeletionImpact } from "@/lib/account-deletion/queries";
import { exportCoverage } from "@/lib/data-export/rules";
import { encrypt } from "@/lib/kernel/encryption";
import { listPasskeys } from "@/lib/passkeys/queries";
import { getProfile } from "@/lib/profile/queries";
import { getAccountActivity, listOwnSessions } from "@/lib/sessions/queries";
import { newSession, newAccountContext } from "@/lib/testing/sign-in";
import { collect, connectAsOwner, listAuditEntries, newMember, newOrg, newAccount, newSite } from "@/lib/testing/fixtures";
import { getTwoFactorState } from "@/lib/two-factor/queries";

const canaries = { hash: "$argon2id$canary-hash", seed: "CANARYSEEDCANARYSEED", publicKey: "canary-public-key", code: "canary-code-hash" };

async function newOwner() {
  const [org, person] = [await newOrg("Fjord Ferries"), await newAccount({ passwordHash: canaries.hash, phone: "+47 1234567" })];
  const site = await newSite(org, "Quay 7");
  const { membershipId } = await newMember(org, "installer", [site.id], person);
  await newMember(org, "super_user");
  await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.insert(notificationSubscriptions).values({ membershipId: String(membershipId), siteId: site.id }));
  await withAuthScope({ accountId: person.id }, async (tx) => {
    const key = { credentialId: Buffer.from(person.id), publicKey: Buffer.from(canaries.publicKey), counter: 0, transports: [], backedUp: true };
    await tx.insert(passkeys).values({ ...key, accountId: person.id, name: "Laptop" });
    await tx.insert(recoveryCodes).values({ accountId: person.id, codeHash: Buffer.from(canaries.code) });
    await tx.insert(totpCredentials).values({ accountId: person.id, encryptedSecret: encrypt(canaries.seed, `totp_credentials/${person.id}`) });
    await tx.insert(usageEvents).values({ accountId: person.id, page: "/orgs/[orgId]/sites" });
  });
  await withTenant({ orgId: org.id, sites: "all", accountId: person.id }, (tx) =>
    tx.insert(savedViews).values({ accountId: person.id, list: "sites", name: "German sites", query: "country=DE" }),
  );
  return { org, person, site };
}

/** Checks plain text, hex, base64 and JSON byte arrays. */
function expectNoSecret(text: string) {
  for (const canary of Object.values(canaries)) {
    const bytes = Buffer.from(canary);
    for (const encoded of [canary, bytes.toString("hex"), bytes.toString("base64").slice(0, 12), JSON.stringify([...bytes]).slice(1, -1)]) {
      expect(text).not.toContain(encoded);
    }
  }
}

test("ACC-29: the export contains the data of the account, and is audited", async () => {
  const { org, person, site } = await newOwner();
  const copy = await exportAccountData(await newAccountContext(person), {});
  expect(copy).toMatchObject({
    shortened: [],
    profile: { email: person.email, firstName: "Ada", primaryPhone: "+47 1234567", recoveryCodesLeft: 1 },
    preferences: { clock: "12", macFormat: "colon" },
    memberships: [{ organization: "Fjord Ferries", role: "installer", scope: "sites", sitesNamed: 1, siteGroupsNamed: 0, since: expect.any(Date) }],
    sessions: [{ methods: ["password"], endedAt: null }],
    history: [{ event: "account.exported" }, { event: "session.started" }],
    passkeys: [{ name: "Laptop", backedUp: true }],
    notifications: [{ organization: "Fjord Ferries", siteId: site.id }],
    savedViews: [{ organization: "Fjord Ferries", list: "sites", name: "German sites", query: "country=DE" }],
    pagesOpened: [{ page: "/orgs/[orgId]/sites" }],
  });
  expect((await listAuditEntries({ orgId: org.id }))[0]).toMatchObject({ name: "account.exported", actorId: person.id });
});

test("CRY-2: the export contains no hash, key or secret, and no other account", async () => {
  const { person } = await newOwner();
  const { person: other } = await newOwner();
  await newSession(other);
  const text = JSON.stringify(await exportAccountData(await newAccountContext(person), {}));
  expectNoSecret(text);
  expect(text).not.toMatch(/hash|sealed|encrypted|credential|publicKey/i);
  expect(text).not.toContain(other.email);
  expect(text).not.toContain(other.lastName);
});

test("CRY-2: My Account, the audit log, its exports and the list of administrators contain no secret", async () => {
  const { org, person } = await newOwner();
  const who = await newAccountContext(person);
  const superUser = await newMember(org, "super_user");
  const period = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
  await exportAccountData(who, {});
  const results: unknown[] = [who, await getProfile(person.id), await listPasskeys(person.id), await getTwoFactorState(person.id)];
  results.push(await getDeletionImpact(person.id), await listOwnSessions(who), await getAccountActivity(who));
  results.push(await getAuditLog(superUser, { ...period, bounds: [period.from, period.to] }), await collect(await exportAdministrators(superUser, {})));
  for (const format of ["csv", "ndjson"] as const) {
    for await (const part of await exportAuditLog(superUser, { ...period, format })) results.push(part);
  }
  for (const result of results) expectNoSecret(JSON.stringify(result));
});

test("ACC-29: every table with an account_id is exported, or listed with the reason why not", async () => {
  const owner = connectAsOwner();
  const tables = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`;
  await owner.end();
  expect(Object.keys(exportCoverage).toSorted()).toEqual(tables.map(({ name }) => name));
  const copy = await exportAccountData(await newAccountContext(await newAccount()), {});
  for (const share of Object.values(exportCoverage)) {
    if ("exportedAs" in share) expect(Object.keys(copy)).toContain(share.exportedAs);
    else expect(share.excludedBecause.length).toBeGreaterThan(20);
  }
});

test("ACC-29: every account column is exported, except internal ones", async () => {
  const copy = await exportAccountData(await newAccountContext(await newAccount()), {});
  const exported = new Set([...Object.keys(copy.profile), ...Object.keys(copy.preferences)]);
  const renamed = { phone: "primaryPhone", secondPhone: "secondaryPhone", hourCycle: "clock", analyticsAllowed: "usageAnalysisAllowed" };
  const missing = Object.keys(getTableColumns(accounts)).filter((name) => !exported.has(Reflect.get(renamed, name) ?? name));
  expect(missing.toSorted()).toEqual(
    ["id", "lastOrganizationId", "passwordHash", "reinstatedAt", "searchText", "suspendedAt", "suspensionReason", "updatedAt", "version"].toSorted(),
  );
});
