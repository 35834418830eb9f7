import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { accounts, links } from "@/db/schema";
import { narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { placeOf } from "@/lib/accounts/rules";
import { organizationsLedAlone, ownCopy } from "@/lib/departures/queries";
import { ledAlone } from "@/lib/departures/rules";
import { DeleteAccount, ExportAccount } from "@/lib/departures/schema";
import { ownCommand } from "@/lib/kernel/personal";
import { endSessions } from "@/lib/sessions/commands";
import { Fault } from "@/lib/vocabulary/fault";

/**
 * Deletes a person's account with all that hangs on it, in one transaction. Its organizations are held still meanwhile,
 * in the order of their ids, so that of two Super Users who leave at once the second stays (ACC-29, ADM-6).
 */
export const deleteAccount = ownCommand({
  input: DeleteAccount,
  async run({ tx, self: { account, origin }, record, mail }) {
    await endSessions(tx, account.id, "account deleted");
    const email = await holdAccount(tx, account.id);
    await tx.execute(sql`select begin_departure()`);
    const stranded = await organizationsLedAlone(tx);
    if (stranded.length > 0) throw ledAlone(stranded);
    await record("account.deleted");
    await mail({ template: "account-deleted", to: email, props: { at: new Date().toISOString(), from: placeOf(origin) } });
    await closeLinks(tx, account.id, email);
    await tx.delete(accounts).where(eq(accounts.id, account.id));
    return { email };
  },
});

/** Until the transaction ends nothing can be hung on the account: no session, no membership, no organization of its own. */
async function holdAccount(tx: Tx, accountId: string): Promise<string> {
  const [held] = await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, accountId)).for("update");
  if (!held) throw new Fault("unauthenticated", "There is no such account any more");
  return held.email;
}

/** What was mailed to the address leads nowhere any more; of invitations by others the row is theirs, and stays. */
async function closeLinks(tx: Tx, accountId: string, email: string) {
  await narrow(tx, { accountId, email });
  const mailed = eq(links.email, email);
  await tx.delete(links).where(and(mailed, isNull(links.membershipId)));
  const invited = and(mailed, isNotNull(links.membershipId), isNull(links.consumedAt), isNull(links.voidedAt));
  await tx.update(links).set({ voidedAt: sql`now()` }).where(invited);
}

/** A copy of everything kept about a person, for themselves; that it was taken is on the record. */
export const exportAccount = ownCommand({
  input: ExportAccount,
  async run({ tx, self: { account }, record }) {
    await record("account.exported");
    return ownCopy(tx, account.id);
  },
});
