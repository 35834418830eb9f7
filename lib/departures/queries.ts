import "server-only";
import { eq, sql } from "drizzle-orm";
import { identities, passkeys } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";

export type LedOrganization = { id: string; name: string };

/** Organizations whose only active Super User is the account of this transaction. */
export const organizationsLedAlone = async (tx: Tx): Promise<LedOrganization[]> => [
  ...(await tx.execute<LedOrganization>(sql`select id, name from organizations_led_alone()`)),
];

type Impact = { ledAlone: LedOrganization[]; passkeys: number; linkedAccounts: number };

/** What deleting an account would remove, and the organizations that prevent it. */
export const departureOf = (accountId: string) =>
  asVisitor({ accountId }, async (tx): Promise<Impact> => ({
    ledAlone: await organizationsLedAlone(tx),
    passkeys: await tx.$count(passkeys, eq(passkeys.accountId, accountId)),
    linkedAccounts: await tx.$count(identities, eq(identities.accountId, accountId)),
  }), "read only");
