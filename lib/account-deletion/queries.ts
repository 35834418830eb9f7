import "server-only";
import { eq, sql } from "drizzle-orm";
import { identities, passkeys } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";

/** An organization, and what else is in it: other members, pending invitations and sites. */
export type SoleSuperUserOrg = { id: string; name: string; members: number; invitations: number; sites: number };

/** Organizations whose only active Super User is the account of this transaction. */
export const orgsWithSoleSuperUser = async (tx: Tx): Promise<SoleSuperUserOrg[]> => [
  ...(await tx.execute<SoleSuperUserOrg>(sql`select id, name, members, invitations, sites from orgs_with_sole_super_user() order by ${naturalOrder(sql`name`)}, id`)),
];

type DeletionImpact = { soleSuperUserOrgs: SoleSuperUserOrg[]; passkeys: number; linkedAccounts: number };

/** What deleting an account would remove, and the organizations whose only Super User it is. */
export const getDeletionImpact = (accountId: string) =>
  withAuthScope({ accountId }, async (tx): Promise<DeletionImpact> => ({
    soleSuperUserOrgs: await orgsWithSoleSuperUser(tx),
    passkeys: await tx.$count(passkeys, eq(passkeys.accountId, accountId)),
    linkedAccounts: await tx.$count(identities, eq(identities.accountId, accountId)),
  }), "read only");
