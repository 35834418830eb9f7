import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { ConfirmIdentity } from "@/lib/confirmations/schema";
import { recordEverywhere } from "@/lib/kernel/history";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { verifyPassword } from "@/lib/passwords/hash";
import { renewKey } from "@/lib/sessions/commands";
import { forgive, giveBack, reserve } from "@/lib/throttles/commands";
import { partiesAt } from "@/lib/throttles/rules";
import { Fault } from "@/lib/vocabulary/fault";

const wrong = "This is not your password. Try again, or reset it from the sign-in page";

type Try = {
  field?: string;
  /** The rate limit to count against, and its key. */
  limit?: "reauthentication" | "email_change_confirmation";
  who?: string;
  note?: string;
};

/**
 * Checks the account's current password outside a transaction and returns the stored hash; a wrong password counts
 * against the rate limit, is recorded, and throws a field error.
 */
export async function requirePassword({ account, origin }: Pick<Self, "account" | "origin">, password: string, options: Try = {}): Promise<string> {
  const { field = "password", limit = "reauthentication", who = account.id, note = "wrong password while signed in" } = options;
  const scope = { accountId: account.id };
  const stored = await asVisitor(scope, async (tx) => {
    await reserve(tx, limit, who);
    return passwordOf(tx, account.id);
  });
  const verdict = await verifyPassword(stored, password, partiesAt(origin.address, account.id)).catch(async (error: unknown) => {
    await asVisitor(scope, (tx) => giveBack(tx, limit, who));
    throw error;
  });
  if (!stored || !verdict.ok) {
    await asVisitor(scope, (tx) => recordEverywhere(tx, account, origin, "session.refused", { note }));
    throw new Fault("invalid", wrong, { [field]: [wrong] });
  }
  await asVisitor(scope, (tx) => forgive(tx, limit, who));
  return stored;
}

async function passwordOf(tx: Tx, accountId: string): Promise<string | null> {
  const [account] = await tx.select({ stored: accounts.passwordHash }).from(accounts).where(eq(accounts.id, accountId));
  return account?.stored ?? null;
}

/** Marks the session as recently authenticated and rotates its secret. */
export const confirmIdentity = ownCommand({
  input: ConfirmIdentity,
  prepare: (self, { password }) => requirePassword(self, password),
  async run({ tx, self, prepared: checkedHash, record }) {
    if ((await passwordOf(tx, self.account.id)) !== checkedHash) throw new Fault("invalid", wrong, { password: [wrong] });
    const token = await renewKey(tx, self, { confirmedAt: sql`now()` });
    await record("session.confirmed");
    return token;
  },
});
