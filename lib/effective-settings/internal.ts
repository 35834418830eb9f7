import "server-only";
import { eq } from "drizzle-orm";
import { organizationSecrets, rfTemplates, siteSecrets } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { effectiveSettings, type Layers } from "@/lib/effective-settings/rules";
import { settingsOf } from "@/lib/settings/internal";
import { type SettingsDocument, textAt } from "@/lib/shared/settings/document";
import { siteSettingsById } from "@/lib/site-settings/internal";

/** What applies to a site, with its name and its RF template; throws `not_found` when it is not visible. */
export async function readEffectiveSettings(tx: Tx, orgId: string, siteId: string) {
  const { name, document } = await siteSettingsById(tx, siteId);
  const { document: organization } = await settingsOf(tx, orgId);
  const template = await templateOf(tx, document);
  const ofSite = await tx.select({ name: siteSecrets.name }).from(siteSecrets).where(eq(siteSecrets.siteId, siteId));
  const ofOrganization = await tx.select({ name: organizationSecrets.name }).from(organizationSecrets);
  const secrets = { site: ofSite.map((secret) => secret.name), organization: ofOrganization.map((secret) => secret.name) };
  return { name, template, values: effectiveSettings({ site: document, organization, template, secrets }) };
}

async function templateOf(tx: Tx, site: SettingsDocument): Promise<Layers["template"]> {
  const id = textAt(site, "rfTemplate");
  if (id === "") return undefined;
  const [found] = await tx.select({ id: rfTemplates.id, name: rfTemplates.name, document: rfTemplates.settings }).from(rfTemplates).where(eq(rfTemplates.id, id));
  return found;
}
