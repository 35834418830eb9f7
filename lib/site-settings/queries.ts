import "server-only";
import { and, eq } from "drizzle-orm";
import * as z from "zod/mini";
import { auditActors, rfTemplates, sites, siteSecrets } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import { query } from "@/lib/kernel/query";
import { expectOne } from "@/lib/kernel/expect-one";
import { settingsOf } from "@/lib/settings/internal";
import { siteSettingsById } from "@/lib/site-settings/internal";
import { inheritedTexts } from "@/lib/site-settings/rules";
import { GetSiteSettings } from "@/lib/site-settings/schema";

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
