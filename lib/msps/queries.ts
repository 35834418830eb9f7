import "server-only";
import { and, asc, eq } from "drizzle-orm";
import type * as z from "zod/mini";
import { setAuthScope, withAuthScope } from "@/db/auth-access";
import { mspAdministrators, msps, organizationMsps, organizations } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { parse } from "@/lib/kernel/parse";
import { GetMsp } from "@/lib/msps/schema";
import { notFoundError } from "@/lib/shared/app-error";

/** Lets the transaction see one provider, whose administrator the account is; throws `not_found` for everybody else. */
export async function enterMsp(tx: Tx, accountId: string, mspId: string): Promise<{ id: string; name: string }> {
  const isAdministrator = and(eq(mspAdministrators.mspId, mspId), eq(mspAdministrators.accountId, accountId));
  const [own] = await tx
    .select({ id: msps.id, name: msps.name })
    .from(mspAdministrators)
    .innerJoin(msps, eq(msps.id, mspAdministrators.mspId))
    .where(isAdministrator);
  if (!own) throw notFoundError("Managed Service Provider");
  await setAuthScope(tx, { accountId, mspId });
  return own;
}

/** The providers that the account is an administrator of. */
export const listOwnMsps = (accountId: string) =>
  withAuthScope({ accountId }, (tx) =>
    tx
      .select({ id: msps.id, name: msps.name })
      .from(mspAdministrators)
      .innerJoin(msps, eq(msps.id, mspAdministrators.mspId))
      .where(eq(mspAdministrators.accountId, accountId))
      .orderBy(naturalOrder(msps.name), asc(msps.id)), "read only");

export type MspOrganization = { id: string; name: string; requestedAt: Date; acceptedAt: Date | null };

const maxOrganizations = 1_000;

/** A provider of the account with its organizations and their requests, by name. */
export function getMsp(accountId: string, raw: z.input<typeof GetMsp>) {
  const { mspId } = parse(GetMsp, raw);
  return withAuthScope({ accountId }, async (tx) => {
    const { id, name } = await enterMsp(tx, accountId, mspId);
    const rows: MspOrganization[] = await tx
      .select({
        id: organizations.id,
        name: organizations.name,
        requestedAt: organizationMsps.requestedAt,
        acceptedAt: organizationMsps.acceptedAt,
      })
      .from(organizationMsps)
      .innerJoin(organizations, eq(organizations.id, organizationMsps.organizationId))
      .where(eq(organizationMsps.mspId, id))
      .orderBy(naturalOrder(organizations.name), asc(organizations.id))
      .limit(maxOrganizations);
    return { id, name, requests: rows.filter(({ acceptedAt }) => !acceptedAt), organizations: rows.filter(({ acceptedAt }) => acceptedAt) };
  }, "read only");
}
