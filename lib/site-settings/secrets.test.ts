import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { siteSections } from "@/lib/site-settings/sections";
import { connectAsOwner, latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { secretsOfSite } from "@/lib/testing/site-secrets";

const canary = "canary-7c31-radius";
const proxy = { "mxtunnels.enabled": "true", "mxedge.radsec.enabled": "true", "mxedge.radsec.auth_servers": "192.0.2.30\n192.0.2.31, 1645" };

async function save(actor: Actor, siteId: string, typed: Record<string, unknown>) {
  return updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), ...typed });
}

async function newProxySite() {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org);
  await save(superUser, siteId, { ...proxy, "mxedge.radsec.auth_secret": canary });
  return { superUser, siteId, secrets: () => secretsOfSite({ orgId: superUser.orgId, siteId }) };
}

describe("SIT-12: shared secrets of RADIUS servers", () => {
  test("CRY-1, CRY-2: a secret is stored encrypted, and is in no document, form or audit entry", async () => {
    const { superUser, siteId, secrets } = await newProxySite();
    expect(await secrets()).toEqual({ "mxedge.radsec.auth_secret": canary });
    const read = await getSiteSettings(superUser, { siteId });
    expect(read.secrets).toEqual([{ name: "mxedge.radsec.auth_secret", setAt: expect.any(Date), setBy: superUser.name }]);
    expect(JSON.stringify([read, siteSettingsFormValues(read), await listAuditEntries(superUser)])).not.toContain(canary);
    expect(await latestAuditEntry(superUser)).toMatchObject({
      change: { after: { "mxedge.radsec.auth_secret": "set", "mxedge.radsec.auth_servers": [{ host: "192.0.2.30" }, { host: "192.0.2.31", port: 1645 }] } },
    });
  });

  test("a changed list of servers asks for the secret again, or for its removal, and nothing is saved before", async () => {
    const { superUser, siteId, secrets } = await newProxySite();
    const changed = { "mxedge.radsec.auth_servers": "198.51.100.9" };
    await expect(save(superUser, siteId, changed)).rejects.toMatchObject({ code: "invalid", fields: { "mxedge.radsec.auth_secret": [expect.stringContaining("Enter it again")] } });
    expect(await getSiteSettings(superUser, { siteId })).toMatchObject({ version: 2, document: { mxedge: { radsec: { auth_servers: [{ host: "192.0.2.30" }, { host: "192.0.2.31", port: 1645 }] } } } });
    await save(superUser, siteId, { ...changed, "mxedge.radsec.auth_secret": "second" });
    expect(await secrets()).toEqual({ "mxedge.radsec.auth_secret": "second" });
    await save(superUser, siteId, { "mxedge.radsec.auth_servers": "198.51.100.10", "remove.mxedge.radsec.auth_secret": "true" });
    expect(await secrets()).toEqual({});
  });

  test("other settings are saved without the secret, which stays", async () => {
    const { superUser, siteId, secrets } = await newProxySite();
    await save(superUser, siteId, { "mxedge.radsec.server_selection": "unordered", "mxedge.radsec.acct_servers": "192.0.2.32" });
    expect(await secrets()).toEqual({ "mxedge.radsec.auth_secret": canary });
  });

  test("the order of servers and their removal ask for nothing, a server that is added later does", async () => {
    const { superUser, siteId, secrets } = await newProxySite();
    await save(superUser, siteId, { "mxedge.radsec.auth_servers": "192.0.2.31, 1645\n192.0.2.30" });
    await save(superUser, siteId, { "mxedge.radsec.enabled": "", "mxedge.radsec.auth_servers": "" });
    expect(await secrets()).toEqual({ "mxedge.radsec.auth_secret": canary });
    for (const server of ["192.0.2.31", "192.0.2.31, 1646", "198.51.100.9, 1645"]) {
      await expect(save(superUser, siteId, { "mxedge.radsec.auth_servers": server })).rejects.toMatchObject({ code: "invalid" });
    }
  });

  test("every secret of servers is bound to the list of its servers", () => {
    expect(siteSections.secretsSentTo).toMatchObject({
      "mxedge.radsec.auth_secret": "mxedge.radsec.auth_servers",
      "mxedge.radsec.acct_secret": "mxedge.radsec.acct_servers",
      "mxedge.mist_das.coa_secret": "mxedge.mist_das.coa_servers",
    });
  });

  test("CRY-1: a secret copied to another site cannot be decrypted", async () => {
    const { superUser, siteId, secrets } = await newProxySite();
    const { id: other } = await newSite(superUser.org);
    await save(superUser, other, { ...proxy, "mxedge.radsec.auth_secret": "other" });
    const owner = connectAsOwner();
    await owner.begin(async (tx) => {
      await tx`alter table site_secrets no force row level security`;
      await tx`update site_secrets set encrypted_value = (select encrypted_value from site_secrets where site_id = ${other}) where site_id = ${siteId}`;
      await tx`alter table site_secrets force row level security`;
    });
    await owner.end();
    await expect(secrets()).rejects.toThrow("was modified or has another context");
  });

  test("ADM-2, TEN-3: administrators of another site and readers set no secret", async () => {
    const { superUser, siteId, secrets } = await newProxySite();
    const { id: other } = await newSite(superUser.org);
    const opened = siteSettingsFormValues(await getSiteSettings(superUser, { siteId }));
    const [scoped, reader] = [await newMember(superUser.org, "network_admin", [other]), await newMember(superUser.org, "observer", [siteId])];
    const typed = { ...opened, "mxedge.radsec.auth_secret": "stolen" };
    await expect(updateSiteSettings.fromRaw(scoped, typed)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateSiteSettings.fromRaw(reader, typed)).rejects.toMatchObject({ code: "forbidden" });
    expect(await secrets()).toEqual({ "mxedge.radsec.auth_secret": canary });
  });
});
