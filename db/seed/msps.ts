import { eq } from "drizzle-orm";
import { setAuthScope, withAuthScope } from "@/db/auth-access";
import { accounts, mspAdministrators, msps, organizationMsps } from "@/db/schema";
import { daysAgo } from "@/db/seed/dates";
import { demoMsp } from "@/db/seed/people";
import type { Rng } from "@/db/seed/random";
import { withTenant } from "@/db/tenant-transaction";

/** Inserts a Managed Service Provider with its administrator, to which the organizations are assigned. */
export async function insertMsp(orgIds: readonly string[], now: Date, rng: Rng): Promise<void> {
  const createdAt = daysAgo(now, 60, 600);
  const mspId = rng.uuid(createdAt);
  await withAuthScope({ mspId }, async (tx) => {
    await tx.insert(msps).values({ id: mspId, name: demoMsp.name, createdAt, createdBy: "Demo data" });
    await setAuthScope(tx, { mspId, email: demoMsp.administrator });
    const [administrator] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, demoMsp.administrator));
    if (administrator) await tx.insert(mspAdministrators).values({ mspId, accountId: administrator.id, addedAt: createdAt });
  });
  for (const [index, orgId] of orgIds.entries()) {
    const [requestedAt, acceptedAt] = [daysAgo(now, 50 - index, 560), daysAgo(now, 49 - index, 610)];
    await withTenant({ orgId, sites: "all" }, (tx) => tx.insert(organizationMsps).values({ mspId, requestedAt, acceptedAt }));
  }
}
