import "server-only";
import { and, eq } from "drizzle-orm";
import * as z from "zod/mini";
import { auditActors, rfTemplates, sites, siteSecrets } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { query } from "@/lib/kernel/query";
import { expectOne } from "@/lib/kernel/expect-one";
import { settingsOf } from "@/lib/settings/internal";
import { siteSettingsById } from "@/lib/site-settings/internal";
import { inheritedTexts, siteChangeTexts, staleSiteSettingsError, typedSiteChanges } from "@/lib/site-settings/rules";
import { GetSiteSettings, UpdateSiteSettings } from "@/lib/site-settings/schema";
import type { ChangeImpact } from "@/lib/shared/form-state";

/** A site with its settings, which secrets are set, without their values, what applies from the organization, and since when its firmware schedule counts. */
export const getSiteSettings = query({
  permission: "site.read",
  input: GetSiteSettings,
  async run({ tx, actor }, { siteId }) {
    const settings = await siteSettingsById(tx, siteId);
    const secrets = await tx
      .select({ name: siteSecrets.name, setAt: siteSecrets.setAt, setBy: auditActors.name })
      .from(siteSecrets)
      .leftJoin(auditActors, and(eq(auditActors.organizationId, siteSecrets.organizationId), eq(auditActors.actorId, siteSecrets.setById)))
      .where(eq(siteSecrets.siteId, siteId));
    const { upgradeScheduledAt } = await expectOne(tx.select({ upgradeScheduledAt: sites.upgradeScheduledAt }).from(sites).where(eq(sites.id, siteId)));
    const { document } = await settingsOf(tx, actor.orgId);
    return { ...settings, secrets, inherited: inheritedTexts(document), upgradeScheduledAt };
  },
});

const mostOptions = 500;

/** The RF templates of the organization by name, for the choice of a site. */
export const listRfTemplateOptions = query({
  permission: "site.read",
  input: z.object({}),
  run: ({ tx }) => tx.select({ id: rfTemplates.id, name: rfTemplates.name }).from(rfTemplates).orderBy(naturalOrder(rfTemplates.name)).limit(mostOptions),
});

/** What saving the page of a site would change, a sentence per setting; fails when the version is outdated. */
export const previewSiteSettings = query({
  permission: "site.update",
  input: UpdateSiteSettings,
  async run({ tx, actor }, { siteId, version, ...typed }): Promise<ChangeImpact> {
    const current = await siteSettingsById(tx, siteId);
    if (current.version !== version) throw staleSiteSettingsError(current, await lastUpdatedBy(tx, actor, siteId, "site.updated"));
    const change = typedSiteChanges(current.document, typed);
    const templates = "rfTemplate" in change.values ? await tx.select({ id: rfTemplates.id, name: rfTemplates.name }).from(rfTemplates) : [];
    const texts = siteChangeTexts(current.document, change, new Map(templates.map(({ id, name }) => [id, name])));
    return { effects: texts.length > 0 ? texts.map(({ label, text }) => `${label}: ${text}`) : ["Nothing changes."], warnings: [], others: 0 };
  },
});
