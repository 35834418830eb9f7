import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { closeRequests, refuseWeak, tellOwner } from "@/lib/accounts/commands";
import { rulesFor } from "@/lib/accounts/queries";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { normalPassword } from "@/lib/passwords/normal";
import { ChangePassword } from "@/lib/profiles/schema";
import { endSessions } from "@/lib/sessions/commands";
import { forgive, giveBack, reserve } from "@/lib/throttles/commands";
import { partiesAt } from "@/lib/throttles/rules";
import { Fault } from "@/lib/vocabulary/fault";

/** Sets a new password by the current one: every other browser is signed out and its owner is told (AUT-4, AUT-9, PWD-4). */
export const changePassword = ownCommand({
  input: ChangePassword,
  prepare: newPassword,
  async run({ tx, self, prepared, record }) {
    await setPassword(tx, self, prepared);
    await record("password.changed");
  },
});

type Typed = { currentPassword: string; password: string };
type NewPassword = { compared: string; passwordHash: string };

const wrong = "This is not your current password";
const same = "This is your password already. Choose another";

/** Compares and hashes before the transaction; every wrong try counts (AUT-5). */
async function newPassword({ account, origin }: Self, { currentPassword, password }: Typed): Promise<NewPassword> {
  const { compared, rules } = await asVisitor({ accountId: account.id }, async (tx) => {
    await reserve(tx, "confirm", account.id);
    const [held] = await tx.select({ passwordHash: accounts.passwordHash }).from(accounts).where(eq(accounts.id, account.id));
    return { compared: held?.passwordHash ?? null, rules: await rulesFor(tx, account) };
  });
  const parties = partiesAt(origin.address, account.email);
  const verdict = await verifyPassword(compared, currentPassword, parties).catch(async (crowded: unknown) => {
    await asVisitor({}, (tx) => giveBack(tx, "confirm", account.id));
    throw crowded;
  });
  if (!compared || !verdict.ok) throw new Fault("invalid", wrong, { currentPassword: [wrong] });
  await asVisitor({}, (tx) => forgive(tx, "confirm", account.id));
  refuseWeak(password, rules);
  if (normalPassword(password) === normalPassword(currentPassword)) throw new Fault("invalid", same, { password: [same] });
  return { compared, passwordHash: await hashPassword(password, parties) };
}

async function setPassword(tx: Tx, { account, sessionId, origin }: Self, { compared, passwordHash }: NewPassword) {
  const changed = await tx
    .update(accounts)
    .set({ passwordHash, passwordChangedAt: sql`now()`, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(accounts.id, account.id), eq(accounts.passwordHash, compared)))
    .returning({ email: accounts.email });
  const [owner] = changed;
  if (!owner) throw new Fault("conflict", "Your password was changed elsewhere just now. Open this page again");
  await narrow(tx, { accountId: account.id, email: owner.email });
  await closeRequests(tx, ["recover", "reset", "change_email"], owner.email);
  await endSessions(tx, account.id, "password changed", sessionId);
  await tellOwner(tx, owner.email, "Your password was changed", origin);
}
