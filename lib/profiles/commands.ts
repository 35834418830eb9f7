import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { closeRequests, refuseWeak, tellOwner } from "@/lib/accounts/commands";
import { rulesFor } from "@/lib/accounts/queries";
import { requirePassword } from "@/lib/confirmations/commands";
import { changeOf } from "@/lib/kernel/audit";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { only } from "@/lib/kernel/rows";
import { hashPassword } from "@/lib/passwords/hash";
import { normalPassword } from "@/lib/passwords/normal";
import { profileOf } from "@/lib/profiles/queries";
import { type Facts, factsOf, type Saved, savedMeanwhile } from "@/lib/profiles/rules";
import { ChangePassword, SaveProfile } from "@/lib/profiles/schema";
import { endOthers, type SessionToken } from "@/lib/sessions/commands";
import { partiesAt } from "@/lib/throttles/rules";
import { forgetUnverified, prepareTwoFactor } from "@/lib/two-factor/commands";
import type { TwoFactorState } from "@/lib/two-factor/queries";
import { allowAnalysis } from "@/lib/usage/commands";
import { Fault } from "@/lib/vocabulary/fault";

/** Sets a new password by the current one: every other browser is signed out, this one gets a new key, and its owner is told (SES-2, AUT-4, AUT-9, PWD-4). */
export const changePassword = ownCommand({
  input: ChangePassword,
  prepare: newPassword,
  async run({ tx, self, prepared, record }) {
    const token = await setPassword(tx, self, prepared);
    await record("password.changed");
    return token;
  },
});

/** Saves all that stands on My Account at once, and says what of it was changed (ACC-20, ACC-21, ACC-22, ACC-24, ACC-28). */
export const saveProfile = ownCommand({
  input: SaveProfile,
  prepare: (self: Self, typed) => (typed.password === "" ? Promise.resolve(null) : newPassword(self, typed)),
  async run({ tx, self, prepared, record }, input): Promise<Saved & { token?: SessionToken }> {
    const { id } = self.account;
    const before = await profileOf(tx, id);
    const sent = { ...input, phone: input.phone || null, secondPhone: input.secondPhone || null, timeZone: input.timeZone || null };
    const after = factsOf({ ...sent, clock24: input.clock24 ? "24" : "12" });
    if (before.version !== input.version) throw savedMeanwhile(before);
    const analyticsAllowed = input.analytics ? "yes" : "no";
    const twoFactor = await askForTwoFactor(tx, id, before.twoFactor, input.twoFactor);
    const saved = {
      facts: changeOf({ before: factsOf(before), after }) !== null || twoFactor !== before.twoFactor,
      password: prepared !== null,
      twoFactor: twoFactor !== before.twoFactor && twoFactor === "pending",
      privacy: before.analyticsAllowed !== analyticsAllowed,
    };
    if (saved.facts || saved.privacy) await keep(tx, id, after);
    if (saved.privacy) await allowAnalysis(tx, id, analyticsAllowed);
    const token = prepared ? await setPassword(tx, self, prepared) : undefined;
    const shown = (facts: Facts, state: TwoFactorState) => ({ ...factsOf(facts), twoFactor: state });
    await record("account.updated", { before: shown(before, before.twoFactor), after: shown(after, twoFactor) });
    if (prepared) await record("password.changed");
    if (saved.privacy) await record("privacy.chosen", usage(before.analyticsAllowed, analyticsAllowed));
    return { ...saved, token };
  },
});

const usage = (before: "yes" | "no" | null, after: "yes" | "no") => ({
  before: { usageAnalysis: before },
  after: { usageAnalysis: after },
});

async function keep(tx: Tx, id: string, facts: Partial<typeof accounts.$inferInsert>) {
  const change = { ...facts, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` };
  await only(tx.update(accounts).set(change).where(eq(accounts.id, id)).returning({ id: accounts.id }));
}

/** What is active stays: turning it off asks for more than a tick (MFA-9). */
async function askForTwoFactor(tx: Tx, id: string, now: TwoFactorState, wanted: boolean): Promise<TwoFactorState> {
  if (now === "active" || wanted === (now === "pending")) return now;
  await (wanted ? prepareTwoFactor(tx, id) : forgetUnverified(tx, id));
  return wanted ? "pending" : "off";
}

type Typed = { currentPassword: string; password: string };
type NewPassword = { compared: string; passwordHash: string };

const same = "This is your password already. Choose another";

/** Compares and hashes before the transaction; every wrong try counts (AUT-5). */
async function newPassword(self: Self, { currentPassword, password }: Typed): Promise<NewPassword> {
  const { account, origin } = self;
  const compared = await requirePassword(self, currentPassword, { field: "currentPassword" });
  refuseWeak(password, await asVisitor({ accountId: account.id }, (tx) => rulesFor(tx, account)));
  if (normalPassword(password) === normalPassword(currentPassword)) throw new Fault("invalid", same, { password: [same] });
  return { compared, passwordHash: await hashPassword(password, partiesAt(origin.address, account.email)) };
}

async function setPassword(tx: Tx, self: Self, { compared, passwordHash }: NewPassword): Promise<SessionToken> {
  const { account, origin } = self;
  const changed = await tx
    .update(accounts)
    .set({ passwordHash, passwordChangedAt: sql`now()`, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(accounts.id, account.id), eq(accounts.passwordHash, compared)))
    .returning({ email: accounts.email });
  const [owner] = changed;
  if (!owner) throw new Fault("conflict", "Your password was changed elsewhere just now. Open this page again");
  await narrow(tx, { accountId: account.id, email: owner.email });
  await closeRequests(tx, ["recover", "reset", "change_email"], owner.email);
  const token = await endOthers(tx, self, "password changed");
  await tellOwner(tx, owner.email, "Your password was changed", origin);
  return token;
}
