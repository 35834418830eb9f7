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
  /** Among which tries it counts, and whose. */
  limit?: "confirm" | "confirm_by_link";
  who?: string;
  note?: string;
};

/**
 * Compares what was typed with the person's own password, before a transaction begins, and gives back the hash it was
 * compared with; a wrong one is counted for whoever tries, on the record, and refused beside its field (AUT-5, SES-11).
 */
export async function requirePassword({ account, origin }: Pick<Self, "account" | "origin">, typed: string, how: Try = {}): Promise<string> {
  const { field = "password", limit = "confirm", who = account.id, note = "wrong password while signed in" } = how;
  const own = { accountId: account.id };
  const stored = await asVisitor(own, async (tx) => {
    await reserve(tx, limit, who);
    return passwordOf(tx, account.id);
  });
  const verdict = await verifyPassword(stored, typed, partiesAt(origin.address, account.id)).catch(async (crowded: unknown) => {
    await asVisitor(own, (tx) => giveBack(tx, limit, who));
    throw crowded;
  });
  if (!stored || !verdict.ok) {
    await asVisitor(own, (tx) => recordEverywhere(tx, account, origin, "session.refused", { note }));
    throw new Fault("invalid", wrong, { [field]: [wrong] });
  }
  await asVisitor(own, (tx) => forgive(tx, limit, who));
  return stored;
}

async function passwordOf(tx: Tx, accountId: string): Promise<string | null> {
  const [person] = await tx.select({ stored: accounts.passwordHash }).from(accounts).where(eq(accounts.id, accountId));
  return person?.stored ?? null;
}

/**
 * Notes that the person behind a session has just proved who they are, so that what is sensitive opens for ten minutes
 * (SES-11), and gives the session a new key: the one before is dead (SES-2).
 */
export const confirmIdentity = ownCommand({
  input: ConfirmIdentity,
  prepare: (self, { password }) => requirePassword(self, password),
  async run({ tx, self, prepared: compared, record }) {
    if ((await passwordOf(tx, self.account.id)) !== compared) throw new Fault("invalid", wrong, { password: [wrong] });
    const token = await renewKey(tx, self, { confirmedAt: sql`now()` });
    await record("session.confirmed");
    return token;
  },
});
