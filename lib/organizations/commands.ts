import "server-only";
import { count, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { memberships } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { accountCommand, type AccountContext } from "@/lib/kernel/account-command";
import { defaultSiteName } from "@/lib/organizations/rules";
import { CreateOrganization } from "@/lib/organizations/schema";
import { AppError } from "@/lib/shared/app-error";

/** An account, with country and time zone for the first site of its organizations. */
export type OrganizationCreator = AccountContext & { siteDefaults: { country: string; timeZone: string } };

const maxOrganizations = 100;

/** Creates an organization with its creator as Super User and one site; any account may do so, up to a limit. */
export const createOrganization = accountCommand({
  input: CreateOrganization,
  prepare: async ({ siteDefaults }: OrganizationCreator) => siteDefaults,
  async run({ tx, self: { account }, prepared: siteDefaults, recordInOrg, enqueue }, { name }) {
    await requireBelowLimit(tx, account.id);
    const [id, site] = [v7(), { id: v7(), name: defaultSiteName }];
    const { country, timeZone } = siteDefaults;
    await tx.execute(sql`select create_organization(${id}, ${name}, ${v7()}, ${site.id}, ${site.name}, ${country}, ${timeZone})`);
    await recordInOrg(id, "organization.created", { subject: { id, label: name }, after: { name } });
    await recordInOrg(id, "site.created", { subject: { id: site.id, label: site.name }, site, after: { name: site.name, ...siteDefaults } });
    await enqueue("certificate.issue", { orgId: id });
    return { id, name };
  },
});

async function requireBelowLimit(tx: Tx, accountId: string) {
  const [row] = await tx.select({ total: count() }).from(memberships).where(eq(memberships.accountId, accountId));
  if (!row || row.total >= maxOrganizations) throw new AppError("forbidden", `An account can be in at most ${maxOrganizations} organizations`);
}
