import { getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, notificationChoices, passkeys, recoveryCodes, twoFactors, usageEvents } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { exportAdministrators } from "@/lib/administrators/commands";
import { exportAuditLog } from "@/lib/audit/commands";
import { readAuditLog } from "@/lib/audit/queries";
import { exportAccount } from "@/lib/data-export/commands";
import { departureOf } from "@/lib/departures/queries";
import { sharesOfCopy } from "@/lib/data-export/rules";
import { seal } from "@/lib/kernel/seal";
import { listPasskeys } from "@/lib/passkeys/queries";
import { getProfile } from "@/lib/profiles/queries";
import { accountActivity, ownSessions } from "@/lib/sessions/queries";
import { sessionOf, signedInAs } from "@/lib/testing/visitors";
import { asOwner, entriesOf, newMember, newOrg, newPerson, newSite } from "@/lib/testing/world";
import { twoFactorOf } from "@/lib/two-factor/queries";

const canaries = { hash: "$argon2id$canary-hash", seed: "CANARYSEEDCANARYSEED", publicKey: "canary-public-key", code: "canary-code-hash" };

async function newOwner() {
  const [org, person] = [await newOrg("Fjord Ferries"), await newPerson({ passwordHash: canaries.hash, phone: "+47 1234567" })];
  const site = await newSite(org, "Quay 7");
  const { membershipId } = await newMember(org, "installer", [site.id], person);
  await newMember(org, "super_user");
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.insert(notificationChoices).values({ membershipId: String(membershipId), siteId: site.id }));
  await asVisitor({ accountId: person.id }, async (tx) => {
    const key = { credentialId: Buffer.from(person.id), publicKey: Buffer.from(canaries.publicKey), counter: 0, transports: [], backedUp: true };
    await tx.insert(passkeys).values({ ...key, accountId: person.id, name: "Laptop" });
    await tx.insert(recoveryCodes).values({ accountId: person.id, codeHash: Buffer.from(canaries.code) });
    await tx.insert(twoFactors).values({ accountId: person.id, sealedSecret: seal(canaries.seed, `two_factors/${person.id}`) });
    await tx.insert(usageEvents).values({ accountId: person.id, page: "/orgs/[orgId]/sites" });
  });
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
  const copy = await exportAccount(await signedInAs(person), {});
  expect(copy).toMatchObject({
    shortened: [],
    profile: { email: person.email, firstName: "Ada", primaryPhone: "+47 1234567", recoveryCodesLeft: 1 },
    preferences: { clock: "12", macFormat: "colon" },
    memberships: [{ organization: "Fjord Ferries", role: "installer", scope: "sites", sitesNamed: 1, siteGroupsNamed: 0, since: expect.any(Date) }],
    sessions: [{ methods: ["password"], endedAt: null }],
    history: [{ event: "account.exported" }, { event: "session.started" }],
    passkeys: [{ name: "Laptop", backedUp: true }],
    notifications: [{ organization: "Fjord Ferries", siteId: site.id }],
    pagesOpened: [{ page: "/orgs/[orgId]/sites" }],
  });
  expect((await entriesOf({ orgId: org.id }))[0]).toMatchObject({ name: "account.exported", actorId: person.id });
});

test("CRY-2: the export contains no hash, key or secret, and no other account", async () => {
  const { person } = await newOwner();
  const { person: other } = await newOwner();
  await sessionOf(other);
  const text = JSON.stringify(await exportAccount(await signedInAs(person), {}));
  expectNoSecret(text);
  expect(text).not.toMatch(/hash|sealed|encrypted|credential|publicKey/i);
  expect(text).not.toContain(other.email);
  expect(text).not.toContain(other.lastName);
});

test("CRY-2: My Account, the audit log, its exports and the list of administrators contain no secret", async () => {
  const { org, person } = await newOwner();
  const who = await signedInAs(person);
  const superUser = await newMember(org, "super_user");
  const period = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
  await exportAccount(who, {});
  const results: unknown[] = [who, await getProfile(person.id), await listPasskeys(person.id), await twoFactorOf(person.id)];
  results.push(await departureOf(person.id), await ownSessions(who), await accountActivity(who));
  results.push(await readAuditLog(superUser, { ...period, bounds: [period.from, period.to] }), await exportAdministrators(superUser, {}));
  for (const format of ["csv", "ndjson"] as const) {
    for await (const part of await exportAuditLog(superUser, { ...period, format })) results.push(part);
  }
  for (const result of results) expectNoSecret(JSON.stringify(result));
});

test("ACC-29: every table with an account_id is exported, or listed with the reason why not", async () => {
  const owner = asOwner();
  const tables = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`;
  await owner.end();
  expect(Object.keys(sharesOfCopy).toSorted()).toEqual(tables.map(({ name }) => name));
  const copy = await exportAccount(await signedInAs(await newPerson()), {});
  for (const share of Object.values(sharesOfCopy)) {
    if ("exportedAs" in share) expect(Object.keys(copy)).toContain(share.exportedAs);
    else expect(share.excludedBecause.length).toBeGreaterThan(20);
  }
});

test("ACC-29: every account column is exported, except internal ones", async () => {
  const copy = await exportAccount(await signedInAs(await newPerson()), {});
  const exported = new Set([...Object.keys(copy.profile), ...Object.keys(copy.preferences)]);
  const renamed = { phone: "primaryPhone", secondPhone: "secondaryPhone", clock24: "clock", analyticsAllowed: "usageAnalysisAllowed" };
  const missing = Object.keys(getTableColumns(accounts)).filter((name) => !exported.has(Reflect.get(renamed, name) ?? name));
  expect(missing.toSorted()).toEqual(
    ["id", "lastOrganizationId", "passwordHash", "reinstatedAt", "suspendedAt", "suspendedFor", "updatedAt", "version"].toSorted(),
  );
});
