import "server-only";
import { and, eq } from "drizzle-orm";
import * as z from "zod/mini";
import { auditActors, rfTemplates, sites, siteSecrets } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import { query } from "@/lib/kernel/query";
import { expectOne } from "@/lib/kernel/expect-one";
import { siteSettingsById } from "@/lib/site-settings/internal";
import { GetSiteSettings } from "@/lib/site-settings/schema";

/** A site with its settings, which secrets are set, without their values, and since when its firmware schedule counts. */
export const getSiteSettings = query({
  permission: "site.read",
  input: GetSiteSettings,
  async run({ tx }, { siteId }) {
    const settings = await siteSettingsById(tx, siteId);
    const secrets = await tx
      .select({ name: siteSecrets.name, setAt: siteSecrets.setAt, setBy: auditActors.name })
      .from(siteSecrets)
      .leftJoin(auditActors, and(eq(auditActors.organizationId, siteSecrets.organizationId), eq(auditActors.actorId, siteSecrets.setById)))
      .where(eq(siteSecrets.siteId, siteId));
    const { upgradeScheduledAt } = await expectOne(tx.select({ upgradeScheduledAt: sites.upgradeScheduledAt }).from(sites).where(eq(sites.id, siteId)));
    return { ...settings, secrets, upgradeScheduledAt };
  },
});

const mostOptions = 500;

/** The RF templates of the organization by name, for the choice of a site. */
export const listRfTemplateOptions = query({
  permission: "site.read",
  input: z.object({}),
  run: ({ tx }) => tx.select({ id: rfTemplates.id, name: rfTemplates.name }).from(rfTemplates).orderBy(naturalOrder(rfTemplates.name)).limit(mostOptions),
});
