import { expect, test } from "vitest";
import { updateSettings } from "@/lib/settings/commands";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

test("SIT-8: the page of a site says what the organization sets, also to administrators of that site only", async () => {
  const superUser = await newSuperUser();
  const { id } = await newSite(superUser.org);
  const scoped = await newMember(superUser.org, "network_admin", [id]);
  const inherited = async () => (await getSiteSettings(scoped, { siteId: id })).inherited;
  expect(await inherited()).toEqual({ "ssr.conductor_hosts": "The organization has none.", "switch_mgmt.use_mxedge_proxy": "The organization has it off." });
  const typed = { "ssr.conductor_hosts": "192.0.2.10, 192.0.2.11", "switch_mgmt.use_mxedge_proxy": "true" };
  await updateSettings.fromRaw(superUser, { ...settingsFormValues(await getSettings(superUser, {})), ...typed });
  expect(await inherited()).toEqual({ "ssr.conductor_hosts": "The organization has 192.0.2.10 and 192.0.2.11.", "switch_mgmt.use_mxedge_proxy": "The organization has it on." });
});
