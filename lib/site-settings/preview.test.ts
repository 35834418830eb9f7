import { expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings, previewSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const typedForm = async (actor: Actor, siteId: string, typed: Record<string, unknown>) => ({ ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), ...typed });

test("SIT-20: the preview of a save says what each setting was and becomes, and saves nothing", async () => {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org, "Kiel");
  const form = await typedForm(superUser, siteId, { notes: "Key at the office", persist_config_on_device: "true", "proxy.url": "https://proxy.example.com", groups: "North" });
  const { effects } = await previewSiteSettings.fromRaw(superUser, form);
  expect(effects).toEqual([
    "Notes: Notes: Default → Key at the office",
    "Site Groups: Site groups: None → North",
    "Site Proxy: Proxy URL: Default → https://proxy.example.com",
    expect.stringMatching(/: Default → On$/),
  ]);
  expect((await getSiteSettings(superUser, { siteId })).version).toBe(1);
  expect((await previewSiteSettings.fromRaw(superUser, await typedForm(superUser, siteId, {}))).effects).toEqual(["Nothing changes."]);
});

test("SIT-20, X-6: a preview of what a colleague has changed meanwhile is the conflict that saving would be", async () => {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org);
  const opened = await typedForm(superUser, siteId, { notes: "Mine" });
  const colleague = await newMember(superUser.org, "super_user");
  await updateSiteSettings.fromRaw(colleague, await typedForm(colleague, siteId, { notes: "Theirs" }));
  await expect(previewSiteSettings.fromRaw(superUser, opened)).rejects.toMatchObject({ code: "conflict", updatedBy: colleague.name });
});

test("SIT-20, ADM-7: a secret is shown as new and never in its words; readers and people of other sites preview nothing", async () => {
  const superUser = await newSuperUser();
  const [own, other] = [await newSite(superUser.org), await newSite(superUser.org)];
  const form = await typedForm(superUser, own.id, { "switch_mgmt.root_password": "canary-20-secret" });
  const { effects } = await previewSiteSettings.fromRaw(superUser, form);
  expect(effects).toEqual([expect.stringMatching(/: new value$/)]);
  const scoped = await newMember(superUser.org, "network_admin", [other.id]);
  await expect(previewSiteSettings.fromRaw(scoped, form)).rejects.toMatchObject({ code: "not_found" });
  await expect(previewSiteSettings.fromRaw(await newMember(superUser.org, "observer"), form)).rejects.toMatchObject({ code: "forbidden" });
});
