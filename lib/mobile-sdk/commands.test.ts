import { describe, expect, test } from "vitest";
import { sdkKeys } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { hashSecret } from "@/lib/kernel/secrets";
import { createSdkKey, exportSdkKeys, revokeSdkKey } from "@/lib/mobile-sdk/commands";
import { getSdkKey, listSdkKeys } from "@/lib/mobile-sdk/queries";
import { mostKeys } from "@/lib/mobile-sdk/rules";
import { getEnrollment } from "@/lib/sdk-enrollment/queries";
import { collect, connectAsOwner, latestAuditEntry, listAuditEntries, newMember, newSuperUser, queuedEmailsTo } from "@/lib/testing/fixtures";
import { race, rounds } from "@/lib/testing/race";

const names = async (...args: Parameters<typeof listSdkKeys>) => (await listSdkKeys(...args)).rows.map(({ name }) => name);
const storedKeys = (orgId: string) => withTenant({ orgId, sites: "all" }, (tx) => tx.select().from(sdkKeys));

/** Puts keys into an organization without its commands. */
const addKeys = (orgId: string, count: number) =>
  withTenant({ orgId, sites: "all" }, (tx) =>
    tx.insert(sdkKeys).values(Array.from({ length: count }, (_, index) => ({ name: `App ${index}`, secretHash: hashSecret(`${orgId} ${index}`), secretEnd: "abcd" }))),
  );

describe("ORG-19: an SDK key is created", () => {
  test("ORG-19: its secret is returned once, stored as a hash, and listed by its last characters", async () => {
    const superUser = await newSuperUser();
    const { id: sdkKeyId, secret } = await createSdkKey(superUser, { name: "Store guide" });
    expect(secret).toMatch(/^sdk_[\w-]{43}$/);
    const [stored] = await storedKeys(superUser.orgId);
    expect(stored).toMatchObject({ name: "Store guide", secretHash: hashSecret(secret), secretEnd: secret.slice(-4), createdBy: superUser.id });
    expect(await getSdkKey(superUser, { sdkKeyId })).toEqual({ id: sdkKeyId, name: "Store guide", secretEnd: secret.slice(-4), createdAt: stored?.createdAt, createdBy: superUser.name });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "sdk_key.created", message: "Added SDK key Store guide", change: { after: { name: "Store guide" } } });
  });

  test("ORG-19: no row of the database holds the secret", async () => {
    const superUser = await newSuperUser();
    const { secret } = await createSdkKey(superUser, { name: "Store guide" });
    const owner = connectAsOwner();
    const tables = await owner<{ name: string }[]>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
    for (const { name } of tables) {
      const found = await owner`select 1 from ${owner(name)} t where t::text like ${`%${secret.slice(4, -4)}%`} limit 1`;
      expect([name, found.length]).toEqual([name, 0]);
    }
    await owner.end();
    expect(tables.length).toBeGreaterThan(20);
    expect(await queuedEmailsTo(String(superUser.email))).toEqual([]);
  });

  test("ORG-19: a name that looks like another is taken, in this organization only", async () => {
    const superUser = await newSuperUser();
    await createSdkKey(superUser, { name: "Store guide" });
    for (const name of ["store GUIDE", "Ｓtore guide "]) {
      await expect(createSdkKey(superUser, { name }), name).rejects.toMatchObject({ code: "conflict", fields: { name: ["An SDK key with this name already exists"] } });
    }
    await expect(createSdkKey(await newSuperUser(), { name: "Store guide" })).resolves.toMatchObject({ name: "Store guide" });
    await expect(createSdkKey(superUser, { name: " " })).rejects.toMatchObject({ fields: { name: ["Give the key a name"] } });
  });

  test("ORG-19: of four who create the last key at once, one does, and the others read why not", async () => {
    const superUser = await newSuperUser();
    await addKeys(superUser.orgId, mostKeys - 1);
    const attempts = Array.from({ length: 4 }, (_, place) => createSdkKey(superUser, { name: `Last ${place}` }));
    expect((await race(attempts)).toSorted()).toEqual(["conflict", "conflict", "conflict", "done"]);
    await expect(createSdkKey(superUser, { name: "Another" })).rejects.toThrow("An organization can have at most 100 SDK keys. Revoke one that is no longer used");
    expect(await storedKeys(superUser.orgId)).toHaveLength(mostKeys);
  });
});

describe("ORG-19: an SDK key is revoked", () => {
  test("ORG-19: its link stops working, and of four who revoke it at once one does", async () => {
    const superUser = await newSuperUser();
    for (const round of rounds.slice(0, 5)) {
      const { id: sdkKeyId, secret } = await createSdkKey(superUser, { name: `Kiosk ${round}` });
      const enrollment = { name: `Kiosk ${round}`, organizationId: superUser.orgId, organization: superUser.org.name };
      expect(await getEnrollment(secret)).toEqual(enrollment);
      const outcomes = await race(Array.from({ length: 4 }, () => revokeSdkKey(superUser, { sdkKeyId })));
      expect(outcomes.toSorted()).toEqual(["done", "not_found", "not_found", "not_found"]);
      expect(await getEnrollment(secret)).toBeNull();
    }
    const revoked = (await listAuditEntries(superUser)).filter(({ name }) => name === "sdk_key.revoked");
    expect(revoked).toHaveLength(5);
    expect(revoked[0]).toMatchObject({ message: "Revoked SDK key Kiosk 4", change: { before: { name: "Kiosk 4" } } });
  });

  test.each(["", "sdk_", "sdk_unknown-key-of-another-app", "x".repeat(4_000), "sdk_\0\0\0\0\0\0\0\0\0\0\0\0\0\0"])("ORG-19: %j opens nothing", async (secret) => {
    expect(await getEnrollment(secret)).toBeNull();
  });
});

describe("ORG-19: who sees and changes SDK keys", () => {
  test("ORG-19: Network Admin and Super Observer read them and change nothing; other roles see none", async () => {
    const superUser = await newSuperUser();
    const { id: sdkKeyId } = await createSdkKey(superUser, { name: "Store guide" });
    for (const role of ["network_admin", "super_observer"] as const) expect(await names(await newMember(superUser.org, role), {}), role).toEqual(["Store guide"]);
    for (const role of ["network_admin", "super_observer", "observer", "helpdesk"] as const) {
      const member = await newMember(superUser.org, role);
      await expect(createSdkKey(member, { name: role }), role).rejects.toMatchObject({ code: "forbidden" });
      await expect(revokeSdkKey(member, { sdkKeyId }), role).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(listSdkKeys(await newMember(superUser.org, "observer"), {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await names(superUser, {})).toEqual(["Store guide"]);
  });

  test("TEN-3: a key of another organization does not exist", async () => {
    const { id: sdkKeyId } = await createSdkKey(await newSuperUser(), { name: "Store guide" });
    const stranger = await newSuperUser();
    await expect(getSdkKey(stranger, { sdkKeyId })).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeSdkKey(stranger, { sdkKeyId })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("ORG-19, X-8: keys are listed and exported as they are searched and sorted", async () => {
  const superUser = await newSuperUser();
  for (const name of ["Gate 10", "Gate 9", "Yard"]) await createSdkKey(superUser, { name });
  expect(await names(superUser, { search: "GATE" })).toEqual(["Gate 9", "Gate 10"]);
  expect(await names(superUser, { sort: "-created" })).toEqual(["Yard", "Gate 9", "Gate 10"]);
  const batches = await collect(await exportSdkKeys(superUser, { search: "gate" }));
  expect(batches.flat().map(({ name }) => name)).toEqual(["Gate 9", "Gate 10"]);
  expect(await latestAuditEntry(superUser)).toMatchObject({ name: "sdk_key.exported", message: "Exported SDK keys" });
});
