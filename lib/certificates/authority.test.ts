import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "postgres";
import { withWorkerScope } from "@/db/auth-access";
import { certificateAuthorities, emailOutbox } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { authorityAad, replaceAuthority } from "@/lib/certificates/internal";
import { jobs, maintainAllAuthorities, maintainAuthority } from "@/lib/certificates/jobs";
import { nextAuthorityStep } from "@/lib/certificates/rules";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import { readCertificate } from "@/lib/kernel/certificate";
import { matchesCertificate } from "@/lib/kernel/private-key";
import { encryptedColumns } from "@/lib/key-rotation/internal";
import { createOrganization } from "@/lib/organizations/commands";
import { daysFromNow } from "@/lib/testing/certificates";
import { connectAsOwner, listAuditEntries, newAccount, newOrg } from "@/lib/testing/fixtures";
import { race } from "@/lib/testing/race";
import { newAccountContext, queuedJobs } from "@/lib/testing/sign-in";

let owner: Sql;
beforeAll(async () => {
  owner = connectAsOwner();
  await owner`alter table certificate_authorities no force row level security`;
});
afterAll(() => owner.end());

const rowsOf = (orgId: string) => withWorkerScope((tx) => tx.select().from(certificateAuthorities).orderBy(certificateAuthorities.state), orgId);
const entriesOf = async (orgId: string) => (await listAuditEntries({ orgId })).map(({ name }) => name);
const endIn = (orgId: string, days: number) => owner`update certificate_authorities set valid_to = ${daysFromNow(days)} where organization_id = ${orgId} and state = 'current'`;

async function newAuthority() {
  const org = await newOrg();
  await maintainAuthority(org.id);
  const [row] = await rowsOf(org.id);
  if (!row) throw new Error("There is no certificate");
  return { org, row };
}

describe("ORG-10: the organization's own CA", () => {
  test("ORG-10: is a real CA certificate of ten years with its key, which is encrypted", async () => {
    const org = await newOrg('Tide, "water" = #1 Größe 中');
    await maintainAuthority(org.id);
    const [row] = await rowsOf(org.id);
    const certificate = new X509Certificate(row?.certificate ?? "");
    expect(readCertificate(certificate.raw).ca).toBe(true);
    expect(certificate.toLegacyObject().subject).toMatchObject({ O: org.name, OU: "Organization CA", CN: org.id });
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect(certificate.validToDate.getUTCFullYear() - certificate.validFromDate.getUTCFullYear()).toBe(10);
    expect(row?.validTo).toEqual(certificate.validToDate);
    const key = decrypt(row?.encryptedPrivateKey ?? Buffer.alloc(0), authorityAad(org.id, row?.id ?? ""));
    expect(matchesCertificate(createPrivateKey(key), certificate)).toBe(true);
    expect(await entriesOf(org.id)).toEqual(["certificate_authority.created"]);
  });

  test("ORG-10: is made after an organization was created, by a job that the same transaction queues", async () => {
    const creator = { ...(await newAccountContext(await newAccount())), siteDefaults: { country: "NO", timeZone: "Europe/Oslo" } };
    const { id } = await createOrganization(creator, { name: "Fjord" });
    for (const payload of await queuedJobs("certificate.issue", { orgId: id })) await jobs[0]?.perform(payload);
    expect(await rowsOf(id)).toHaveLength(1);
    expect(await entriesOf(id)).toContain("certificate_authority.created");
  });

  test("ORG-10: organizations without one get it by the scheduled job", async () => {
    const orgs = await Promise.all(Array.from({ length: 5 }, () => newOrg()));
    await maintainAllAuthorities();
    for (const { id } of orgs) expect(await rowsOf(id)).toHaveLength(1);
  });

  test("ORG-10: is made once however many processes try, with one entry", async () => {
    const org = await newOrg();
    expect(new Set(await race(Array.from({ length: 10 }, () => maintainAuthority(org.id))))).toEqual(new Set(["done"]));
    expect(await rowsOf(org.id)).toHaveLength(1);
    expect(await entriesOf(org.id)).toEqual(["certificate_authority.created"]);
  });

  test("ORG-10: nothing happens for an organization that was deleted meanwhile", async () => {
    await maintainAuthority("0190b0a0-0000-7000-8000-000000000000");
  });
});

describe("ORG-10: the CA certificate is renewed", () => {
  test("ORG-10: the steps follow from what there is and when it ends", () => {
    const now = new Date();
    const at = (days: number) => new Date(now.getTime() + days * 86_400_000);
    const current = (days: number) => ({ state: "current" as const, validTo: at(days) });
    const pending = { state: "pending" as const, validTo: at(3_650) };
    expect(nextAuthorityStep([], now)).toBe("create");
    expect(nextAuthorityStep([current(31)], now)).toBeNull();
    expect(nextAuthorityStep([current(30)], now)).toBe("renew");
    expect(nextAuthorityStep([current(30), pending], now)).toBeNull();
    expect(nextAuthorityStep([current(-1)], now)).toBe("renew");
    expect(nextAuthorityStep([current(-1), pending], now)).toBe("replace");
    expect(nextAuthorityStep([pending], now)).toBe("replace");
  });

  test("ORG-10: from 30 days before its end there is a pending one, made once, which takes its place at its end", async () => {
    const { org, row } = await newAuthority();
    await endIn(org.id, 29);
    await race(Array.from({ length: 5 }, () => maintainAuthority(org.id)));
    const [current, pending] = await rowsOf(org.id);
    expect([current?.id, current?.state, pending?.state]).toEqual([row.id, "current", "pending"]);
    await endIn(org.id, -1);
    await race(Array.from({ length: 5 }, () => maintainAllAuthorities()));
    expect((await rowsOf(org.id)).map(({ id, state, certificate }) => ({ id, state, certificate }))).toEqual([{ id: pending?.id, state: "current", certificate: pending?.certificate }]);
    expect(await entriesOf(org.id)).toEqual(["certificate_authority.replaced", "certificate_authority.renewed", "certificate_authority.created"]);
  });

  test("ORG-10: after an outage beyond its end it is renewed and replaced at once", async () => {
    const { org, row } = await newAuthority();
    await endIn(org.id, -40);
    await maintainAuthority(org.id);
    const rows = await rowsOf(org.id);
    expect(rows.map(({ state }) => state)).toEqual(["current"]);
    expect(rows[0]?.id).not.toBe(row.id);
  });

  test("ORG-10: of ten replacements at the same time one succeeds (20 rounds)", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { org } = await newAuthority();
      await endIn(org.id, 5);
      await maintainAuthority(org.id);
      const replaced = await Promise.all(Array.from({ length: 10 }, () => withTenant({ orgId: org.id, sites: "all" }, (tx) => replaceAuthority(tx))));
      expect(replaced.filter(Boolean)).toHaveLength(1);
      expect(await rowsOf(org.id)).toHaveLength(1);
    }
  });
});

describe("the private key of the CA", () => {
  test("CRY-1: cannot be decrypted in another row", async () => {
    const [one, other] = [await newAuthority(), await newAuthority()];
    expect(() => decrypt(other.row.encryptedPrivateKey, authorityAad(one.org.id, one.row.id))).toThrow("another context");
    expect(() => decrypt(one.row.encryptedPrivateKey, authorityAad(other.org.id, one.row.id))).toThrow("another context");
  });

  test("CRY-1: a key that an earlier secret has encrypted is found and re-encrypted, and current ones are not touched", async () => {
    const { org, row } = await newAuthority();
    const aad = authorityAad(org.id, row.id);
    const earlier = [randomBytes(48).toString("base64")];
    const key = decrypt(row.encryptedPrivateKey, aad);
    await withWorkerScope((tx) => tx.update(certificateAuthorities).set({ encryptedPrivateKey: encrypt(key, aad, earlier) }).where(eq(certificateAuthorities.id, row.id)), org.id);
    const column = encryptedColumns["certificate_authorities.encrypted_private_key"];
    expect(await column?.findIds()).toContain(org.id);
    await column?.update(org.id, (ciphertext, context) => encrypt(decrypt(ciphertext, context, earlier), context));
    expect(await column?.findIds()).not.toContain(org.id);
    const [after] = await rowsOf(org.id);
    expect(after && decrypt(after.encryptedPrivateKey, aad)).toBe(key);
  });

  test("CRY-2: stands in its column only: not in the audit log, the queues or the outbox, and requests cannot read it", async () => {
    const { org, row } = await newAuthority();
    const key = decrypt(row.encryptedPrivateKey, authorityAad(org.id, row.id));
    const needle = key.split("\n")[1]?.slice(10, 50) ?? "";
    expect(needle).toHaveLength(40);
    const [jobsText, mails] = [JSON.stringify(await queuedJobs("certificate.issue", {})), JSON.stringify(await queuedMails())];
    expect(JSON.stringify(await listAuditEntries({ orgId: org.id })) + jobsText + mails + row.certificate).not.toContain(needle);
    const [privilege] = await owner`select has_column_privilege('signalbox_app', 'certificate_authorities', 'encrypted_private_key', 'select') as app`;
    expect(privilege).toEqual({ app: false });
  });
});

const queuedMails = () => withWorkerScope((tx) => tx.select({ template: emailOutbox.template, lastError: emailOutbox.lastError }).from(emailOutbox));
