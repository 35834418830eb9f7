import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "postgres";
import { withWorkerScope } from "@/db/auth-access";
import { certificateAuthorities } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { addRadsecCertificates, removeDeviceCertificate, removeRadsecCertificate, renewAuthority, setDeviceCertificate } from "@/lib/certificates/commands";
import { jobs, maintainAuthority } from "@/lib/certificates/jobs";
import { getCertificates } from "@/lib/certificates/queries";
import { getOverview } from "@/lib/overview/queries";
import { changeSettings, secretOf } from "@/lib/settings/internal";
import { getSettings } from "@/lib/settings/queries";
import { safeFormValues } from "@/lib/shared/form-values";
import { daysFromNow, newCertificate, privateKeyAs, rsaKeys } from "@/lib/testing/certificates";
import { connectAsOwner, latestAuditEntry, listAuditEntries, newMember, newSuperUser } from "@/lib/testing/fixtures";
import { race } from "@/lib/testing/race";
import { queuedJobs } from "@/lib/testing/sign-in";

let owner: Sql;
beforeAll(() => {
  owner = connectAsOwner();
});
afterAll(() => owner.end());

const of = (actor: Actor) => getCertificates(actor, {});
const add = (actor: Actor, certificates: string) => addRadsecCertificates(actor, { certificates });
const subjectsOf = async (actor: Actor) => (await of(actor)).radsec.map(({ subject }) => subject);
const fingerprintOf = async (actor: Actor) => (await of(actor)).radsec[0]?.fingerprint ?? "";

describe("ORG-10: RadSec certificates", () => {
  test("ORG-10: are added, listed with their facts, stored under the published name, and removed", async () => {
    const superUser = await newSuperUser();
    const [one, other] = [newCertificate({ name: "radius.example" }), newCertificate({ name: "Root" })];
    await add(superUser, `${one.pem}\r\n${other.pem}`);
    const { radsec } = await of(superUser);
    expect(radsec).toMatchObject([
      { subject: "CN=radius.example", issuer: "CN=radius.example", validity: "valid", key: "ECDSA P-256" },
      { subject: "CN=Root", validity: "valid" },
    ]);
    expect((await getSettings(superUser, {})).document.cacerts).toEqual([one.pem, other.pem]);
    await removeRadsecCertificate(superUser, { fingerprint: radsec[0]?.fingerprint ?? "" });
    expect(await subjectsOf(superUser)).toEqual(["CN=Root"]);
    await removeRadsecCertificate(superUser, { fingerprint: radsec[1]?.fingerprint ?? "" });
    expect((await getSettings(superUser, {})).document).toEqual({ name: superUser.org.name });
  });

  test("ORG-10, X-2: the entry names subject and fingerprint", async () => {
    const superUser = await newSuperUser();
    await add(superUser, newCertificate({ name: "radius.example" }).pem);
    const fingerprint = await fingerprintOf(superUser);
    expect((await latestAuditEntry(superUser))?.message).toBe(`Changed Certificates in ${superUser.org.name} (added CN=radius.example, ${fingerprint.slice(0, 11)}…)`);
    await removeRadsecCertificate(superUser, { fingerprint });
    expect((await latestAuditEntry(superUser))?.message).toContain(`(removed CN=radius.example, ${fingerprint.slice(0, 11)}…)`);
  });

  test("ORG-10: the same one twice, also added at the same time, is there once; of ten removals one succeeds", async () => {
    const superUser = await newSuperUser();
    const { pem } = newCertificate();
    const added = await race(Array.from({ length: 10 }, () => add(superUser, pem)));
    expect(added.toSorted()).toEqual(["done", ...Array.from({ length: 9 }, () => "invalid")]);
    const fingerprint = await fingerprintOf(superUser);
    const removed = await race(Array.from({ length: 10 }, () => removeRadsecCertificate(superUser, { fingerprint })));
    expect(removed.toSorted()).toEqual(["done", ...Array.from({ length: 9 }, () => "not_found")]);
  });

  test("ORG-10: ten different ones at the same time are all kept", async () => {
    const superUser = await newSuperUser();
    expect(new Set(await race(Array.from({ length: 10 }, () => add(superUser, newCertificate().pem))))).toEqual(new Set(["done"]));
    expect(await subjectsOf(superUser)).toHaveLength(10);
  });

  test("ORG-10: a refusal stands beside the field and stores nothing", async () => {
    const superUser = await newSuperUser();
    const expired = newCertificate({ from: daysFromNow(-9), to: daysFromNow(-1) });
    for (const text of ["", "no certificate", newCertificate().pem + expired.pem, "A".repeat(1_048_576)]) {
      await expect(add(superUser, text)).rejects.toMatchObject({ code: "invalid", fields: { certificates: [expect.any(String)] } });
    }
    expect([await subjectsOf(superUser), await listAuditEntries(superUser)]).toEqual([[], []]);
  });
});

describe("ORG-10: the certificate of the access points", () => {
  test("ORG-10, CRY-2: is set with its key, replaced and removed; the key is used by the server and shown to nobody", async () => {
    const superUser = await newSuperUser();
    const [first, second] = [newCertificate({ name: "ap.example", keys: rsaKeys() }), newCertificate({ name: "next.example" })];
    await setDeviceCertificate(superUser, { privateKey: privateKeyAs(first.privateKey, "pkcs1"), certificate: first.pem });
    expect(await of(superUser)).toMatchObject({ device: { subject: "CN=ap.example", key: "RSA 2048" }, deviceKey: { setBy: superUser.name, setAt: expect.any(Date) } });
    expect((await getSettings(superUser, {})).document.device_cert).toEqual({ cert: first.pem });
    const stored = () => withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => secretOf(tx, superUser.orgId, "device_cert.key"));
    expect(await stored()).toBe(first.privateKey);
    expect(await latestAuditEntry(superUser)).toMatchObject({ change: { before: { "device_cert.key": "not set" }, after: { "device_cert.key": "set" } } });

    await setDeviceCertificate(superUser, { privateKey: privateKeyAs(second.privateKey, "sec1"), certificate: second.pem });
    expect(await stored()).toBe(second.privateKey);
    const { device } = await of(superUser);
    await expect(removeDeviceCertificate(superUser, { fingerprint: device?.fingerprint.replaceAll(/^../g, "00") ?? "" })).rejects.toMatchObject({ code: "conflict" });
    await removeDeviceCertificate(superUser, { fingerprint: device?.fingerprint ?? "" });
    expect([await stored(), await of(superUser)]).toMatchObject([undefined, { device: null, deviceKey: null }]);
    await expect(removeDeviceCertificate(superUser, { fingerprint: device?.fingerprint ?? "" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("ORG-10: a mismatch is refused beside the certificate, a bad key beside the key, and nothing is stored", async () => {
    const superUser = await newSuperUser();
    const [own, other] = [newCertificate(), newCertificate()];
    await expect(setDeviceCertificate(superUser, { privateKey: own.privateKey, certificate: other.pem })).rejects.toMatchObject({ fields: { certificate: [expect.stringContaining("another private key")] } });
    const encrypted = privateKeyAs(own.privateKey, "pkcs8", "secret");
    await expect(setDeviceCertificate(superUser, { privateKey: encrypted, certificate: own.pem })).rejects.toMatchObject({ fields: { privateKey: [expect.stringContaining("encrypted")] } });
    expect(await listAuditEntries(superUser)).toEqual([]);
  });

  test("CRY-2: the bytes of the key are in its encrypted column only", async () => {
    const superUser = await newSuperUser();
    const certificate = newCertificate();
    await setDeviceCertificate(superUser, { privateKey: certificate.privateKey, certificate: certificate.pem });
    await expect(add(superUser, certificate.pem + certificate.privateKey)).rejects.toMatchObject({ fields: { certificates: [expect.stringContaining("was not stored")] } });
    const needle = certificate.privateKey.split("\n")[1]?.slice(0, 40) ?? "";
    const tables = await owner<{ name: string }[]>`select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`;
    expect(tables.length).toBeGreaterThan(30);
    for (const { name } of tables) {
      const found = await owner.begin(async (tx) => {
        if (name.startsWith("public.")) await tx.unsafe(`alter table ${name} no force row level security`);
        const rows = await tx.unsafe(`select count(*)::int as count from ${name} t where t::text like '%' || $1 || '%'`, [needle]);
        if (name.startsWith("public.") && name !== "public.rate_limit_counters") await tx.unsafe(`alter table ${name} force row level security`);
        return rows[0]?.count as number;
      });
      expect([name, found]).toEqual([name, 0]);
    }
    const shown = JSON.stringify([await of(superUser), await getSettings(superUser, {}), await listAuditEntries(superUser)]);
    expect(shown).not.toContain(needle);
    const back = safeFormValues({ privateKey: certificate.privateKey, certificate: certificate.pem, certificates: certificate.pem + certificate.privateKey });
    expect(back).toEqual({ certificate: certificate.pem });
    for (const text of ["MIIEvQIBADANBg", privateKeyAs(newCertificate({ keys: rsaKeys() }).privateKey, "pkcs1"), "MHcCAQEEIA"]) expect(safeFormValues({ certificates: text })).toEqual({});
  });
});

describe("ORG-10: other ways to change certificates", () => {
  const change = (actor: Actor, values: Record<string, unknown>) =>
    withTenant({ orgId: actor.orgId, sites: "all" }, (tx) => changeSettings({ tx, actor, record: async () => {}, nothingChanged: () => {} }, { values }));

  test("ORG-10: a document with unreadable certificates, or with one of another key, is refused", async () => {
    const superUser = await newSuperUser();
    const [own, other] = [newCertificate(), newCertificate()];
    await setDeviceCertificate(superUser, { privateKey: own.privateKey, certificate: own.pem });
    await expect(change(superUser, { cacerts: ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] })).rejects.toMatchObject({ code: "invalid" });
    await expect(change(superUser, { cacerts: [own.pem + other.pem] })).rejects.toMatchObject({ code: "invalid" });
    await expect(change(superUser, { "device_cert.cert": other.pem })).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("another private key") });
    await change(superUser, { cacerts: [own.pem, other.pem] });
    expect(await subjectsOf(superUser)).toHaveLength(2);
  });
});

describe("ORG-10: the pending CA certificate is applied", () => {
  const endSoon = (actor: Actor) => withWorkerScope((tx) => tx.update(certificateAuthorities).set({ validTo: daysFromNow(20) }), actor.orgId);

  test("ORG-10: once, by its id, with an entry; later it is a conflict in words", async () => {
    const superUser = await newSuperUser();
    await maintainAuthority(superUser.orgId);
    await endSoon(superUser);
    await maintainAuthority(superUser.orgId);
    const { authority, nextAuthority } = await of(superUser);
    expect(authority?.id).not.toBe(nextAuthority?.id);
    const id = nextAuthority?.id ?? "";
    const outcomes = await race(Array.from({ length: 10 }, () => renewAuthority(superUser, { pendingId: id })));
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 9 }, () => "conflict"), "done"]);
    expect(await of(superUser)).toMatchObject({ authority: { id }, nextAuthority: null });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "certificate_authority.replaced", actorId: superUser.id, change: { after: { fingerprint: nextAuthority?.fingerprint } } });
    await expect(renewAuthority(superUser, { pendingId: authority?.id ?? "" })).rejects.toMatchObject({ code: "conflict" });
  });
});

test("ORG-10: the next CA certificate is prepared on request, once however often it is asked for", async () => {
  const superUser = await newSuperUser();
  await maintainAuthority(superUser.orgId);
  await Promise.all(Array.from({ length: 5 }, () => renewAuthority(superUser, { pendingId: "" })));
  const payloads = await queuedJobs("certificate.issue", { orgId: superUser.orgId, renew: "yes" });
  await Promise.all(payloads.map(async (payload) => jobs[0]?.perform(payload)));
  const { authority, nextAuthority } = await of(superUser);
  expect(nextAuthority).toMatchObject({ subject: authority?.subject, validity: "valid" });
  const names = (await listAuditEntries(superUser)).map(({ name }) => name);
  expect(names.filter((name) => name === "certificate_authority.renewed")).toHaveLength(1);
});

describe("TEN-5: who may do what with certificates", () => {
  test.each(["network_admin", "super_observer"] as const)("TEN-5: a %s sees them and changes none", async (role) => {
    const superUser = await newSuperUser();
    const certificate = newCertificate();
    await add(superUser, certificate.pem);
    const reader = await newMember(superUser.org, role);
    const { radsec } = await of(reader);
    const fingerprint = radsec[0]?.fingerprint ?? "";
    const attempts = [
      add(reader, newCertificate().pem),
      removeRadsecCertificate(reader, { fingerprint }),
      setDeviceCertificate(reader, { privateKey: certificate.privateKey, certificate: certificate.pem }),
      removeDeviceCertificate(reader, { fingerprint }),
      renewAuthority(reader, { pendingId: "" }),
    ];
    expect(new Set(await race(attempts))).toEqual(new Set(["forbidden"]));
    await expect(of(await newMember(superUser.org, "observer"))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("TEN-1: a certificate of another organization is not found", async () => {
    const [superUser, stranger] = [await newSuperUser(), await newSuperUser()];
    await add(superUser, newCertificate().pem);
    await expect(removeRadsecCertificate(stranger, { fingerprint: await fingerprintOf(superUser) })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("ORG-10: the overview counts certificates that have expired or will soon", async () => {
  const superUser = await newSuperUser();
  const cardOf = async (actor: Actor) => (await getOverview(actor, { zone: "Europe/Berlin" })).counts.find(({ name }) => name === "certificates-to-renew")?.count;
  await add(superUser, newCertificate().pem);
  expect(await cardOf(superUser)).toBeUndefined();
  await add(superUser, newCertificate({ to: daysFromNow(29) }).pem + newCertificate({ to: daysFromNow(5) }).pem);
  expect(await cardOf(superUser)).toBe(2);
  expect(await cardOf(await newMember(superUser.org, "observer"))).toBeUndefined();
});
