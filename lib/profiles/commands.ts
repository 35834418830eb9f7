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

/** Changes the password, ends all other sessions, rotates this session's secret and notifies the owner. */
export const changePassword = ownCommand({
  input: ChangePassword,
  prepare: prepareNewPassword,
  async run({ tx, self, prepared, record }) {
    const token = await setPassword(tx, self, prepared);
    await record("password.changed");
    return token;
  },
});

/** Saves the My Account form in one transaction and returns which parts changed. */
export const saveProfile = ownCommand({
  input: SaveProfile,
  prepare: (self: Self, input) => (input.password === "" ? Promise.resolve(null) : prepareNewPassword(self, input)),
  async run({ tx, self, prepared, record }, input): Promise<Saved & { token?: SessionToken }> {
    const { id } = self.account;
    const before = await profileOf(tx, id);
    const values = { ...input, phone: input.phone || null, secondPhone: input.secondPhone || null, timeZone: input.timeZone || null };
    const after = factsOf({ ...values, hourCycle: input.use24Hour ? "24" : "12" });
    if (before.version !== input.version) throw savedMeanwhile(before);
    const analyticsAllowed = input.analytics ? "yes" : "no";
    const twoFactor = await updateTwoFactor(tx, id, before.twoFactor, input.twoFactor);
    const saved = {
      profile: changeOf({ before: factsOf(before), after }) !== null || twoFactor !== before.twoFactor,
      password: prepared !== null,
      twoFactor: twoFactor !== before.twoFactor && twoFactor === "pending",
      privacy: before.analyticsAllowed !== analyticsAllowed,
    };
    if (saved.profile || saved.privacy) await updateAccount(tx, id, after);
    if (saved.privacy) await allowAnalysis(tx, id, analyticsAllowed);
    const token = prepared ? await setPassword(tx, self, prepared) : undefined;
    const auditFields = (fields: Facts, state: TwoFactorState) => ({ ...factsOf(fields), twoFactor: state });
    await record("account.updated", { before: auditFields(before, before.twoFactor), after: auditFields(after, twoFactor) });
    if (prepared) await record("password.changed");
    if (saved.privacy) await record("privacy.chosen", privacyChange(before.analyticsAllowed, analyticsAllowed));
    return { ...saved, token };
  },
});

const privacyChange = (before: "yes" | "no" | null, after: "yes" | "no") => ({
  before: { usageAnalysis: before },
  after: { usageAnalysis: after },
});

async function updateAccount(tx: Tx, id: string, fields: Partial<typeof accounts.$inferInsert>) {
  const change = { ...fields, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` };
  await only(tx.update(accounts).set(change).where(eq(accounts.id, id)).returning({ id: accounts.id }));
}

/** Starts or drops the set-up; an active second factor is not changed here. */
async function updateTwoFactor(tx: Tx, id: string, current: TwoFactorState, requested: boolean): Promise<TwoFactorState> {
  if (current === "active" || requested === (current === "pending")) return current;
  await (requested ? prepareTwoFactor(tx, id) : forgetUnverified(tx, id));
  return requested ? "pending" : "off";
}

type PasswordInput = { currentPassword: string; password: string };
type NewPassword = { currentHash: string; passwordHash: string };

const samePassword = "This is your password already. Choose another";

/** Verifies the current and hashes the new password before the transaction. */
async function prepareNewPassword(self: Self, { currentPassword, password }: PasswordInput): Promise<NewPassword> {
  const { account, origin } = self;
  const currentHash = await requirePassword(self, currentPassword, { field: "currentPassword" });
  refuseWeak(password, await asVisitor({ accountId: account.id }, (tx) => rulesFor(tx, account)));
  if (normalPassword(password) === normalPassword(currentPassword)) throw new Fault("invalid", samePassword, { password: [samePassword] });
  return { currentHash, passwordHash: await hashPassword(password, partiesAt(origin.address, account.email)) };
}

async function setPassword(tx: Tx, self: Self, { currentHash, passwordHash }: NewPassword): Promise<SessionToken> {
  const { account, origin } = self;
  const changed = await tx
    .update(accounts)
    .set({ passwordHash, passwordChangedAt: sql`now()`, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(accounts.id, account.id), eq(accounts.passwordHash, currentHash)))
    .returning({ email: accounts.email });
  const [owner] = changed;
  if (!owner) throw new Fault("conflict", "Your password was changed elsewhere just now. Open this page again");
  await narrow(tx, { accountId: account.id, email: owner.email });
  await closeRequests(tx, ["recover", "reset", "change_email"], owner.email);
  const token = await endOthers(tx, self, "password changed");
  await tellOwner(tx, owner.email, "Your password was changed", origin);
  return token;
}
