import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { organizations, organizationSecrets } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { deleteSite } from "@/lib/sites/commands";
import { getOrganizationName } from "@/lib/organizations/queries";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import { encryptedColumns } from "@/lib/key-rotation/internal";
import { updateSettings } from "@/lib/settings/commands";
import { secretOf } from "@/lib/settings/internal";
import { getSettings } from "@/lib/settings/queries";
import { secretAad, settingsFormValues } from "@/lib/settings/rules";
import { connectAsOwner, latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { v7 } from "uuid";

const formOf = async (actor: Actor) => settingsFormValues(await getSettings(actor, {}));
const save = async (actor: Actor, values: Record<string, unknown>) => updateSettings.fromRaw(actor, { ...(await formOf(actor)), ...values });
const documentOf = async (actor: Actor) => (await getSettings(actor, {})).document;
const columnsOf = ({ orgId }: Actor) => withTenant({ orgId, sites: "all" }, async (tx) => (await tx.select().from(organizations).where(eq(organizations.id, orgId)))[0]);

describe("updateSettings", () => {
  test("ORG-1: a new name is shown at once, and must have 1 to 64 characters", async () => {
    const superUser = await newSuperUser();
    await save(superUser, { name: "  Fjord Ferries " });
    expect(await getOrganizationName(superUser.orgId)).toBe("Fjord Ferries");
    expect(await latestAuditEntry(superUser)).toMatchObject({
      name: "settings.updated",
      message: "Changed Organization in Fjord Ferries",
      change: { before: { name: superUser.org.name }, after: { name: "Fjord Ferries" } },
    });
    for (const name of [" ", "x".repeat(65), "two\nlines"]) await expect(save(superUser, { name })).rejects.toMatchObject({ code: "invalid", fields: { name: [expect.any(String)] } });
  });

  test("ORG-2, ORG-3: policies apply while they are enabled, under the names of the published API", async () => {
    const superUser = await newSuperUser();
    const policy = { "password_policy.min_length": "20", "password_policy.requires_two_factor_auth": "true", "password_policy.expiry_in_days": "90" };
    await save(superUser, { ...policy, session_expiry: "120", ui_idle_timeout: "0" });
    expect(await columnsOf(superUser)).toMatchObject({ passwordMinLength: null, twoFactorRequired: false, passwordExpiryDays: null, sessionMinutes: 120, idleMinutes: 0 });
    await save(superUser, { "password_policy.enabled": "true" });
    expect(await columnsOf(superUser)).toMatchObject({ passwordMinLength: 20, twoFactorRequired: true, passwordExpiryDays: 90, passwordNeedsSpecial: false });
    expect(await documentOf(superUser)).toEqual({
      name: superUser.org.name,
      password_policy: { enabled: true, min_length: 20, requires_two_factor_auth: true, expiry_in_days: 90 },
      session_expiry: 120,
      ui_idle_timeout: 0,
    });
  });

  test.each([
    ["password_policy.min_length", ["7", "65", "8.5", "many"]],
    ["password_policy.expiry_in_days", ["0", "366", "-1"]],
    ["session_expiry", ["9", "20161"]],
    ["ui_idle_timeout", ["-1", "481", "1e9"]],
    ["installer.grace_period", ["0", "366"]],
    ["mgmt.connection", ["wire", ""]],
    ["mgmt.mxtunnel_ids", ["tunnel-1"]],
    ["ssr.conductor_hosts", ["conductor", "192.0.2.1, 192.0.2.2, 192.0.2.3", "300.1.1.1"]],
    ["cloudshark.url", ["http://cloudshark.example", "ftp://x", "https://user:pass@cloudshark.example"]],
  ])("X-4: an error stands beside %s", async (field, wrong) => {
    const superUser = await newSuperUser();
    for (const value of wrong) await expect(save(superUser, { [field]: value })).rejects.toMatchObject({ code: "invalid", fields: { [field]: [expect.any(String)] } });
    expect(await documentOf(superUser)).toEqual({ name: superUser.org.name });
  });

  test("ORG-4, ORG-8, ORG-15, ORG-16: what is saved is shown again, and what equals its default is not stored", async () => {
    const superUser = await newSuperUser();
    const [site, tunnel] = [await newSite(superUser.org), v7()];
    const typed = {
      "switch_mgmt.use_mxedge_proxy": "true",
      "mgmt.connection": "edge",
      "mgmt.mxtunnel_ids": tunnel,
      "installer.grace_period": "7",
      "installer.allow_all_sites": "true",
      "installer.extra_site_ids": [site.id],
      "ssr.conductor_hosts": "192.0.2.10, 2001:db8::1",
    };
    await save(superUser, typed);
    expect(await formOf(superUser)).toMatchObject(typed);
    expect(await documentOf(superUser)).toEqual({
      name: superUser.org.name,
      switch_mgmt: { use_mxedge_proxy: true },
      mgmt: { use_mxtunnel: true, mxtunnel_ids: [tunnel] },
      installer: { allow_all_sites: true, extra_site_ids: [site.id] },
      ssr: { conductor_hosts: ["192.0.2.10", "2001:db8::1"] },
    });
    await save(superUser, { "mgmt.connection": "l2tp", "mgmt.mxtunnel_ids": "" });
    expect((await documentOf(superUser)).mgmt).toEqual({ use_wxtunnel: true, mxtunnel_ids: [] });
  });

  test("ORG-8: edge tunnels need the ID of one", async () => {
    const wrong = save(await newSuperUser(), { "mgmt.connection": "edge" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid", fields: { "mgmt.mxtunnel_ids": ["Enter the ID of at least one edge tunnel"] } });
  });

  test("ORG-15: extra sites must exist in this organization, by their id or their name", async () => {
    const [superUser, stranger] = [await newSuperUser(), await newSuperUser()];
    const [own, foreign] = [await newSite(superUser.org, "Kiel"), await newSite(stranger.org)];
    const field = "installer.extra_site_ids";
    await expect(save(superUser, { [field]: [foreign.id] })).rejects.toMatchObject({ fields: { [field]: ["One of these sites no longer exists"] } });
    await expect(save(superUser, { [`names.${field}`]: "Oslo" })).rejects.toMatchObject({ fields: { [`names.${field}`]: [expect.stringContaining("Oslo")] } });
    await save(superUser, { [`names.${field}`]: "kiel" });
    expect((await formOf(superUser))[field]).toEqual([own.id]);
    await deleteSite(superUser, { siteId: own.id });
    await expect(save(superUser, {})).rejects.toMatchObject({ fields: { [field]: [expect.any(String)] } });
    await save(superUser, { [field]: [] });
  });

  test("X-6: the second of two saves is told who saved what, and 20 parallel saves of one version are one", async () => {
    const superUser = await newSuperUser();
    const colleague = await newMember(superUser.org, "super_user");
    const opened = await formOf(superUser);
    await save(colleague, { session_expiry: "60" });
    await expect(updateSettings.fromRaw(superUser, { ...opened, ui_idle_timeout: "15" })).rejects.toMatchObject({
      code: "conflict",
      message: `${colleague.name} changed these settings after you opened them`,
      currentValues: expect.objectContaining({ session_expiry: "60" }),
    });
    const current = await formOf(superUser);
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, minutes) => updateSettings.fromRaw(superUser, { ...current, ui_idle_timeout: String(minutes + 1) })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listAuditEntries(superUser)).filter(({ name }) => name === "settings.updated")).toHaveLength(2);
  });

  test("a save that changes nothing has no entry and keeps the version", async () => {
    const superUser = await newSuperUser();
    const { version } = await getSettings(superUser, {});
    await save(superUser, {});
    expect((await getSettings(superUser, {})).version).toBe(version);
    expect(await listAuditEntries(superUser)).toEqual([]);
  });

  test.each(["network_admin", "super_observer"] as const)("TEN-5: a %s reads the settings and cannot change them", async (role) => {
    const superUser = await newSuperUser();
    const reader = await newMember(superUser.org, role);
    await expect(getSettings(reader, {})).resolves.toMatchObject({ document: { name: superUser.org.name } });
    await expect(save(reader, { name: "Other" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(getSettings(await newMember(superUser.org, "observer"), {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("secrets", () => {
  const name = "cradlepoint.cp_api_key";
  const value = "canary-9f27-cradlepoint";

  test("ORG-7, CRY-1, CRY-2: a secret is stored encrypted, used by the server and shown to nobody", async () => {
    const superUser = await newSuperUser();
    await save(superUser, { [name]: value, "cradlepoint.cp_api_id": "84446d61", "cradlepoint.enable_lldp": "true" });
    expect(await documentOf(superUser)).toMatchObject({ cradlepoint: { cp_api_id: "84446d61", enable_lldp: true } });
    const read = await getSettings(superUser, {});
    expect(read.secrets).toEqual([{ name, setAt: expect.any(Date), setBy: superUser.name }]);
    expect(JSON.stringify([read, await listAuditEntries(superUser)])).not.toContain(value);
    expect(await latestAuditEntry(superUser)).toMatchObject({ change: { before: { [name]: "not set" }, after: { [name]: "set" } } });
    expect(await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => secretOf(tx, superUser.orgId, name))).toBe(value);
  });

  test("ORG-7: empty keeps a secret, a new one replaces it, and it can be removed", async () => {
    const superUser = await newSuperUser();
    const current = () => withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => secretOf(tx, superUser.orgId, name));
    await save(superUser, { [name]: value });
    await save(superUser, { [name]: "" });
    expect(await current()).toBe(value);
    await save(superUser, { [name]: "second" });
    expect(await current()).toBe("second");
    expect(await latestAuditEntry(superUser)).toMatchObject({ change: { before: { [name]: "set" }, after: { [name]: "replaced" } } });
    await save(superUser, { [`remove.${name}`]: "true" });
    expect(await current()).toBeUndefined();
    expect(await latestAuditEntry(superUser)).toMatchObject({ change: { before: { [name]: "set" }, after: { [name]: "not set" } } });
    expect((await getSettings(superUser, {})).secrets).toEqual([]);
  });

  test("CRY-1: a secret copied to another organization cannot be decrypted", async () => {
    const [one, other] = [await newSuperUser(), await newSuperUser()];
    for (const superUser of [one, other]) await save(superUser, { [name]: `${value}-${superUser.orgId}` });
    const owner = connectAsOwner();
    await owner.begin(async (tx) => {
      await tx`alter table organization_secrets no force row level security`;
      await tx`update organization_secrets set encrypted_value = (select encrypted_value from organization_secrets where organization_id = ${one.orgId}) where organization_id = ${other.orgId}`;
      await tx`alter table organization_secrets force row level security`;
    });
    await owner.end();
    const read = withTenant({ orgId: other.orgId, sites: "all" }, (tx) => secretOf(tx, other.orgId, name));
    await expect(read).rejects.toThrow("was modified or has another context");
  });

  test("CRY-1: a secret that an earlier key has encrypted is found and re-encrypted", async () => {
    const superUser = await newSuperUser();
    await save(superUser, { [name]: value });
    const { orgId } = superUser;
    const earlier = [randomBytes(48).toString("base64")];
    const encryptedValue = encrypt(value, secretAad(orgId, name), earlier);
    await withTenant({ orgId, sites: "all" }, (tx) => tx.update(organizationSecrets).set({ encryptedValue }));
    const column = encryptedColumns["organization_secrets.encrypted_value"];
    expect(await column?.findIds()).toContain(`${orgId}/${name}`);
    await column?.update(`${orgId}/${name}`, (ciphertext, aad) => encrypt(decrypt(ciphertext, aad, earlier), aad));
    expect(await column?.findIds()).not.toContain(`${orgId}/${name}`);
    expect(await withTenant({ orgId, sites: "all" }, (tx) => secretOf(tx, orgId, name))).toBe(value);
  });

  test("TEN-1: nobody sees the secrets of another organization", async () => {
    const [one, other] = [await newSuperUser(), await newSuperUser()];
    await save(one, { [name]: value });
    expect(await withTenant({ orgId: other.orgId, sites: "all" }, (tx) => tx.select().from(organizationSecrets))).toEqual([]);
  });
});
