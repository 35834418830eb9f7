import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { cloneSite, updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { race } from "@/lib/testing/race";
import { secretsOfSite } from "@/lib/testing/site-secrets";

const canary = "canary-5e-radius";
const all = { settings: "true", groups: "true", variables: "true", location: "true" } as const;

async function newConfiguredSite() {
  const actor = await newSuperUser();
  const { id: siteId, name } = await newSite(actor.org);
  const opened = siteSettingsFormValues(await getSiteSettings(actor, { siteId }));
  const typed = { latlng: "54.3233, 10.1228", streetAddress: "Hafen 1", notes: "Key at the office", groups: "North, Ferries", persist_config_on_device: "true", "switch_mgmt.root_password": canary };
  await updateSiteSettings.fromRaw(actor, { ...opened, ...typed });
  await withTenant({ orgId: actor.orgId, sites: "all" }, async (tx) => {
    const [row] = await tx.select({ settings: sites.settings }).from(sites).where(eq(sites.id, siteId));
    await tx.update(sites).set({ settings: { ...row?.settings, vars: { vlan: "12" } } }).where(eq(sites.id, siteId));
  });
  return { actor, siteId, name };
}

const documentOf = async (actor: Actor, siteId: string) => (await getSiteSettings(actor, { siteId })).document;

test("SIT-1, CRY-2: a clone has all chosen parts, its own secrets and one audit entry that names the original", async () => {
  const { actor, siteId, name } = await newConfiguredSite();
  const { id } = await cloneSite(actor, { siteId, name: "Copy", ...all });
  const { notes: _, ...original } = await documentOf(actor, siteId);
  expect(await documentOf(actor, id)).toEqual({ ...original, name: "Copy" });
  const secrets = await secretsOfSite({ orgId: actor.orgId, siteId });
  expect(Object.values(secrets)).toEqual([canary]);
  expect(await secretsOfSite({ orgId: actor.orgId, siteId: id })).toEqual(secrets);
  const entry = await latestAuditEntry(actor);
  expect(entry).toMatchObject({ name: "site.created", subjectId: id, siteName: "Copy", message: `Added site Copy cloned from ${name}` });
  expect(entry?.change?.after).toMatchObject({ name: "Copy", groups: ["Ferries", "North"], persist_config_on_device: true, "switch_mgmt.root_password": "set" });
  expect(JSON.stringify(await listAuditEntries(actor))).not.toContain(canary);
});

test("SIT-1: a clone with nothing chosen has country and time zone only", async () => {
  const { actor, siteId } = await newConfiguredSite();
  const { id } = await cloneSite(actor, { siteId, name: "Bare" });
  expect(await documentOf(actor, id)).toEqual({ name: "Bare", country: "DE", timeZone: "Europe/Berlin", groups: [] });
  expect(await secretsOfSite({ orgId: actor.orgId, siteId: id })).toEqual({});
  const { id: second } = await cloneSite(actor, { siteId, name: "Variables", variables: "true" });
  expect(await documentOf(actor, second)).toMatchObject({ vars: { vlan: "12" } });
  expect(await documentOf(actor, second)).not.toHaveProperty("persist_config_on_device");
});

test("SIT-1: a name that looks like another is refused beside the field, also in a race", async () => {
  const { actor, siteId, name } = await newConfiguredSite();
  await expect(cloneSite(actor, { siteId, name: name.toUpperCase() })).rejects.toMatchObject({ code: "conflict", fields: { name: [expect.any(String)] } });
  const outcomes = await race(Array.from({ length: 5 }, () => cloneSite(actor, { siteId, name: "Copy", ...all })));
  expect(outcomes.toSorted()).toEqual(["conflict", "conflict", "conflict", "conflict", "done"]);
});

test("SIT-1, TEN-5: administrators of some sites and of other organizations clone nothing", async () => {
  const { actor, siteId } = await newConfiguredSite();
  const some = await newMember(actor.org, "network_admin", [siteId]);
  await expect(cloneSite(some, { siteId, name: "Copy" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(cloneSite(await newSuperUser(), { siteId, name: "Copy" })).rejects.toMatchObject({ code: "not_found" });
});
