import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { recordAccountEvent } from "@/lib/kernel/account-events";
import type { AccountContext } from "@/lib/kernel/account-command";
import { verifyPassword } from "@/lib/passwords/hash";
import { resetLimit, refundLimit, consumeLimit } from "@/lib/kernel/rate-limits";
import { hashQueueKeys } from "@/lib/kernel/rate-limit-config";
import { AppError } from "@/lib/shared/app-error";

export const wrongPasswordMessage = "Wrong password. Try again, or reset it from the sign-in page";

type PasswordCheckOptions = {
  field?: string;
  /** The rate limit to count against, and its key. */
  limit?: "reauthentication" | "email_change_confirmation";
  key?: string;
  note?: string;
};

/**
 * Checks the account's current password outside a transaction and returns the stored hash; a wrong password counts
 * against the rate limit, is recorded, and throws a field error.
 */
export async function requireCurrentPassword({ account, origin }: Pick<AccountContext, "account" | "origin">, password: string, options: PasswordCheckOptions = {}): Promise<string> {
  const { field = "password", limit = "reauthentication", key = account.id, note = "wrong password while signed in" } = options;
  const scope = { accountId: account.id };
  const stored = await withAuthScope(scope, async (tx) => {
    await consumeLimit(tx, limit, key);
    return passwordHashById(tx, account.id);
  });
  const verdict = await verifyPassword(stored, password, hashQueueKeys(origin.ipAddress, account.id)).catch(async (error: unknown) => {
    await withAuthScope(scope, (tx) => refundLimit(tx, limit, key));
    throw error;
  });
  if (!stored || !verdict.ok) {
    await withAuthScope(scope, (tx) => recordAccountEvent(tx, account, origin, "session.refused", { note }));
    throw new AppError("invalid", wrongPasswordMessage, { [field]: [wrongPasswordMessage] });
  }
  await withAuthScope(scope, (tx) => resetLimit(tx, limit, key));
  return stored;
}

export async function passwordHashById(tx: Tx, accountId: string): Promise<string | null> {
  const [account] = await tx.select({ stored: accounts.passwordHash }).from(accounts).where(eq(accounts.id, accountId));
  return account?.stored ?? null;
}
