import { withTenant } from "@/db/tenant-transaction";
import { siteSecretsOf } from "@/lib/site-settings/internal";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { newSite, newSuperUser } from "./fixtures";

type SiteOf = { orgId: string; siteId: string };

/** A new site with one secret in its settings. */
export async function newSiteWithSecret(name: string, secret: string): Promise<SiteOf> {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org);
  await updateSiteSettings.fromRaw(superUser, { ...siteSettingsFormValues(await getSiteSettings(superUser, { siteId })), [name]: secret });
  return { orgId: superUser.orgId, siteId };
}

/** The secrets of the settings of a site, decrypted. */
export const secretsOfSite = ({ orgId, siteId }: SiteOf) => withTenant({ orgId, sites: "all" }, (tx) => siteSecretsOf(tx, siteId));
