import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { wlans } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { currentKeyPrefix, decrypt, encrypt } from "@/lib/kernel/encryption";
import { rotateEncryptionKey } from "@/lib/key-rotation/commands";
import { encryptedColumns } from "@/lib/key-rotation/internal";
import { latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { cloneWlanTemplate, createWlanTemplate } from "@/lib/wlan-templates/commands";
import { getWlanTemplate } from "@/lib/wlan-templates/queries";
import { wlanSecretsAad } from "@/lib/wlan-templates/rules";
import { createWlan, deleteWlan, updateWlan } from "@/lib/wlans/commands";
import { getWlan } from "@/lib/wlans/queries";
import { wlanFormValues } from "@/lib/wlans/rules";

type Typed = Record<string, string>;

async function newTemplate(superUser: Actor, name = "Stores") {
  const { id } = await createWlanTemplate(superUser, { name });
  return id;
}

async function add(actor: Actor, templateId: string, typed: Typed) {
  const { version } = await getWlanTemplate(actor, { templateId });
  return createWlan.fromRaw(actor, { ...wlanFormValues({ templateId, version, document: {} }), ...typed });
}

const save = async (actor: Actor, wlanId: string, typed: Typed) => updateWlan.fromRaw(actor, { ...wlanFormValues(await getWlan(actor, { wlanId })), ...typed });

const personal = { ssid: "Staff", "auth.type": "psk", "auth.psk": "correct horse" };
const enterprise = { ssid: "Office", "auth.type": "eap", auth_servers: "192.0.2.10, 1812\n{{radius}}", "auth_servers.secret": "testing123" };

const sealedOf = ({ orgId }: Actor, id: string) =>
  withTenant({ orgId, sites: "all" }, async (tx) => (await tx.select({ sealed: wlans.encryptedSecrets }).from(wlans).where(eq(wlans.id, id)))[0]?.sealed ?? null);

describe("SIT-15: WLANs of a template", () => {
  test("a WLAN is added, changed with what differs in the audit entry, and deleted", async () => {
    const superUser = await newSuperUser();
    const templateId = await newTemplate(superUser);
    const { id } = await add(superUser, templateId, { ssid: "{{site_code}}-guest", vlan: "tagged", vlan_id: "{{vlan0}}", bands: "5,6", hide_ssid: "true" });
    expect((await getWlan(superUser, { wlanId: id })).document).toEqual({ ssid: "{{site_code}}-guest", vlan_enabled: true, vlan_id: "{{vlan0}}", bands: ["5", "6"], hide_ssid: true });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "wlan.created", message: "Added WLAN {{site_code}}-guest", change: { after: { template: "Stores", vlan_id: "{{vlan0}}" } } });
    await save(superUser, id, { vlan: "pool", vlan_ids: "200, 20-30, {{vlan1}}", enabled: "" });
    expect((await getWlan(superUser, { wlanId: id })).document).toMatchObject({ enabled: false, vlan_pooling: true, vlan_ids: ["200", "20-30", "{{vlan1}}"] });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "wlan.updated", message: "Changed WLAN and VLAN of WLAN {{site_code}}-guest", change: { before: { vlan_pooling: null }, after: { vlan_pooling: true, enabled: false } } });
    await deleteWlan(superUser, { wlanId: id });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "wlan.deleted" });
    await expect(getWlan(superUser, { wlanId: id })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteWlan(superUser, { wlanId: id })).rejects.toMatchObject({ code: "not_found" });
  });

  test.each<[string, Typed, string]>([
    ["no SSID", { ssid: "" }, "ssid"],
    ["33 bytes", { ssid: "ä".repeat(17) }, "ssid"],
    ["a brace that is not closed", { ssid: "{{site" }, "ssid"],
    ["a short passphrase", { ...personal, "auth.psk": "1234567" }, "auth.psk"],
    ["no passphrase", { ...personal, "auth.psk": "" }, "auth.psk"],
    ["an accent in the passphrase", { ...personal, "auth.psk": "pässwörter" }, "auth.psk"],
    ["no server", { ...enterprise, auth_servers: "" }, "auth_servers"],
    ["no host", { ...enterprise, auth_servers: "bad host, 1812" }, "auth_servers"],
    ["a port beyond the last", { ...enterprise, auth_servers: "192.0.2.10, 70000" }, "auth_servers"],
    ["no shared secret", { ...enterprise, "auth_servers.secret": "" }, "auth_servers.secret"],
    ["VLAN 4095", { ssid: "a", vlan: "tagged", vlan_id: "4095" }, "vlan_id"],
    ["no VLAN", { ssid: "a", vlan: "tagged", vlan_id: "" }, "vlan_id"],
    ["a reversed range", { ssid: "a", vlan: "pool", vlan_ids: "30-20" }, "vlan_ids"],
    ["an empty pool", { ssid: "a", vlan: "pool", vlan_ids: "" }, "vlan_ids"],
    ["a dynamic VLAN without RADIUS", { ssid: "a", vlan: "dynamic" }, "vlan"],
  ])("X-4: %s is refused beside its field", async (_, typed, field) => {
    const superUser = await newSuperUser();
    const templateId = await newTemplate(superUser);
    await expect(add(superUser, templateId, typed)).rejects.toMatchObject({ code: "invalid", fields: { [field]: [expect.any(String)] } });
    expect((await getWlanTemplate(superUser, { templateId })).wlans).toEqual([]);
  });

  test("X-6: of two saves of the same version the second is told, and nobody without the permission saves", async () => {
    const superUser = await newSuperUser();
    const templateId = await newTemplate(superUser);
    const { id } = await add(superUser, templateId, { ssid: "Staff" });
    const opened = wlanFormValues(await getWlan(superUser, { wlanId: id }));
    const colleague = await newMember(superUser.org, "super_user");
    await save(colleague, id, { ssid: "Crew" });
    await expect(updateWlan.fromRaw(superUser, { ...opened, ssid: "Team" })).rejects.toMatchObject({ code: "conflict", updatedBy: colleague.name, currentValues: { ssid: "Crew" } });
    const results = await Promise.allSettled(Array.from({ length: 6 }, (_, at) => save(superUser, id, { ssid: `Race ${at}` })));
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    const scoped = await newMember(superUser.org, "network_admin", [(await newSite(superUser.org)).id]);
    for (const actor of [await newMember(superUser.org, "observer"), scoped]) await expect(save(actor, id, { ssid: "Observed" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(getWlan(await newSuperUser(), { wlanId: id })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("SIT-15, CRY-2: secrets of WLANs", () => {
  test("they are encrypted, and neither shown nor recorded; an empty field keeps them", async () => {
    const superUser = await newSuperUser();
    const templateId = await newTemplate(superUser);
    const { id } = await add(superUser, templateId, personal);
    await save(superUser, id, { ssid: "Crew" });
    const sealed = await sealedOf(superUser, id);
    expect(decrypt(sealed ?? Buffer.alloc(0), wlanSecretsAad(id))).toContain("correct horse");
    expect(sealed?.toString("utf8")).not.toContain("correct horse");
    const wlan = await getWlan(superUser, { wlanId: id });
    expect(wlan.secrets).toEqual([{ name: "auth.psk", setAt: expect.any(Date), setBy: superUser.name }]);
    await save(superUser, id, { "auth.psk": "battery staple" });
    expect(await latestAuditEntry(superUser)).toMatchObject({ change: { before: { "auth.psk": "set" }, after: { "auth.psk": "replaced" } } });
    const shown = JSON.stringify([wlan, await getWlanTemplate(superUser, { templateId }), await listAuditEntries(superUser), wlanFormValues(wlan)]);
    expect(shown).not.toContain("correct horse");
    expect(shown).not.toContain("battery staple");
  });

  test("other RADIUS servers get the shared secret only when it is typed again", async () => {
    const superUser = await newSuperUser();
    const { id } = await add(superUser, await newTemplate(superUser), enterprise);
    await expect(save(superUser, id, { auth_servers: "198.51.100.1" })).rejects.toMatchObject({ code: "invalid", fields: { "auth_servers.secret": [expect.stringContaining("again")] } });
    await save(superUser, id, { auth_servers: "198.51.100.1", "auth_servers.secret": "testing456" });
    expect((await getWlan(superUser, { wlanId: id })).document.auth_servers).toEqual([{ host: "198.51.100.1" }]);
    await expect(save(superUser, id, { "remove.auth_servers.secret": "true" })).rejects.toMatchObject({ fields: { "auth_servers.secret": ["Enter the shared secret"] } });
  });

  test("a clone has the WLANs with their secrets, sealed for its own rows", async () => {
    const superUser = await newSuperUser();
    const templateId = await newTemplate(superUser);
    await add(superUser, templateId, personal);
    const copy = await cloneWlanTemplate(superUser, { templateId, name: "Copy" });
    const [wlan] = (await getWlanTemplate(superUser, { templateId: copy.id })).wlans;
    expect(wlan?.document).toMatchObject({ ssid: "Staff" });
    const sealed = await sealedOf(superUser, wlan?.id ?? "");
    expect(decrypt(sealed ?? Buffer.alloc(0), wlanSecretsAad(wlan?.id ?? ""))).toContain("correct horse");
  });

  test("CRY-1: the rotation of the key seals them anew", async () => {
    const superUser = await newSuperUser();
    const { id } = await add(superUser, await newTemplate(superUser), personal);
    const column = encryptedColumns["wlans.encrypted_secrets"];
    const text = decrypt((await sealedOf(superUser, id)) ?? Buffer.alloc(0), wlanSecretsAad(id));
    const old = encrypt(text, wlanSecretsAad(id), [randomBytes(48).toString("base64")]);
    await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => tx.update(wlans).set({ encryptedSecrets: old }).where(eq(wlans.id, id)));
    expect(await column?.findIds()).toContain(`${superUser.orgId}/${id}`);
    const { undecryptable } = await rotateEncryptionKey();
    expect(undecryptable).toBeGreaterThan(0);
    await column?.update(`${superUser.orgId}/${id}`, () => encrypt(text, wlanSecretsAad(id)));
    expect((await sealedOf(superUser, id))?.subarray(0, 5)).toEqual(currentKeyPrefix());
    expect(await column?.findIds()).not.toContain(`${superUser.orgId}/${id}`);
  });
});
