import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { accounts, links } from "@/db/schema";
import { narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { placeOf } from "@/lib/accounts/rules";
import { organizationsLedAlone } from "@/lib/departures/queries";
import { ledAlone } from "@/lib/departures/rules";
import { DeleteAccount } from "@/lib/departures/schema";
import { ownCommand } from "@/lib/kernel/personal";
import { endSessions } from "@/lib/sessions/commands";
import { Fault } from "@/lib/vocabulary/fault";

/**
 * Deletes the account with everything that belongs to it. Its organizations are locked in id order, so that two Super
 * Users who leave at the same time cannot both succeed.
 */
export const deleteAccount = ownCommand({
  input: DeleteAccount,
  async run({ tx, self: { account, origin }, record, mail }) {
    await endSessions(tx, account.id, "account deleted");
    const email = await holdAccount(tx, account.id);
    await tx.execute(sql`select begin_departure()`);
    const soleOrgs = await organizationsLedAlone(tx);
    if (soleOrgs.length > 0) throw ledAlone(soleOrgs);
    await record("account.deleted");
    await mail({ template: "account-deleted", to: email, props: { at: new Date().toISOString(), from: placeOf(origin) } });
    await closeLinks(tx, account.id, email);
    await tx.delete(accounts).where(eq(accounts.id, account.id));
    return { email };
  },
});

/** Locks the account row FOR UPDATE: no session, membership or organization can reference it until commit. */
async function holdAccount(tx: Tx, accountId: string): Promise<string> {
  const [account] = await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, accountId)).for("update");
  if (!account) throw new Fault("unauthenticated", "There is no such account any more");
  return account.email;
}

/** Deletes the links that were sent to this email; invitations belong to their organization and are only voided. */
async function closeLinks(tx: Tx, accountId: string, email: string) {
  await narrow(tx, { accountId, email });
  const sameEmail = eq(links.email, email);
  await tx.delete(links).where(and(sameEmail, isNull(links.membershipId)));
  const openInvitation = and(sameEmail, isNotNull(links.membershipId), isNull(links.consumedAt), isNull(links.voidedAt));
  await tx.update(links).set({ voidedAt: sql`now()` }).where(openInvitation);
}
