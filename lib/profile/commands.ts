import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { voidEmailTokens, sendSecurityNotice } from "@/lib/accounts/internal";
import { enforcePasswordPolicy } from "@/lib/accounts/rules";
import { accountPasswordPolicy } from "@/lib/accounts/queries";
import { requireCurrentPassword } from "@/lib/reauthentication/internal";
import { diff } from "@/lib/kernel/audit";
import { accountCommand, type AccountContext } from "@/lib/kernel/account-command";
import { expectOne } from "@/lib/kernel/expect-one";
import { hashPassword } from "@/lib/passwords/hash";
import { normalizePassword } from "@/lib/shared/password-rules";
import { profileById } from "@/lib/profile/queries";
import { pickProfileFields, type ProfileChanges, staleProfileError } from "@/lib/profile/rules";
import { ChangePassword, SaveProfile } from "@/lib/profile/schema";
import { revokeOtherSessions, type SessionToken } from "@/lib/sessions/internal";
import { hashQueueKeys } from "@/lib/kernel/rate-limit-config";
import { setAnalyticsConsent } from "@/lib/usage-analytics/internal";
import { AppError } from "@/lib/shared/app-error";

/** Changes the password, ends all other sessions, rotates this session's secret and notifies the owner. */
export const changePassword = accountCommand({
  input: ChangePassword,
  prepare: prepareNewPassword,
  async run({ tx, self, prepared, record }) {
    const token = await setPassword(tx, self, prepared);
    await record("password.changed");
    return token;
  },
});

/** Saves the My Account form in one transaction and returns which parts changed. */
export const saveProfile = accountCommand({
  input: SaveProfile,
  prepare: (self: AccountContext, input) => (input.password === "" ? Promise.resolve(null) : prepareNewPassword(self, input)),
  async run({ tx, self, prepared, record }, input): Promise<ProfileChanges & { token?: SessionToken }> {
    const { id } = self.account;
    const before = await profileById(tx, id);
    const values = { ...input, phone: input.phone || null, secondPhone: input.secondPhone || null, timeZone: input.timeZone || null };
    const after = pickProfileFields({ ...values, hourCycle: input.use24Hour ? "24" : "12" });
    if (before.version !== input.version) throw staleProfileError(before);
    const analyticsAllowed = input.analytics ? "yes" : "no";
    const saved = {
      profile: diff({ before: pickProfileFields(before), after }) !== null,
      password: prepared !== null,
      privacy: before.analyticsAllowed !== analyticsAllowed,
    };
    if (saved.profile || saved.privacy) await updateAccount(tx, id, after);
    if (saved.privacy) await setAnalyticsConsent(tx, id, analyticsAllowed);
    const token = prepared ? await setPassword(tx, self, prepared) : undefined;
    await record("account.updated", { before: pickProfileFields(before), after });
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
  await expectOne(tx.update(accounts).set(change).where(eq(accounts.id, id)).returning({ id: accounts.id }));
}

type PasswordInput = { currentPassword: string; password: string };
type NewPassword = { currentHash: string; passwordHash: string };

const samePassword = "This is already your password. Choose a different one";

/** Verifies the current and hashes the new password before the transaction. */
async function prepareNewPassword(self: AccountContext, { currentPassword, password }: PasswordInput): Promise<NewPassword> {
  const { account, origin } = self;
  const currentHash = await requireCurrentPassword(self, currentPassword, { field: "currentPassword" });
  enforcePasswordPolicy(password, await withAuthScope({ accountId: account.id }, (tx) => accountPasswordPolicy(tx, account)));
  if (normalizePassword(password) === normalizePassword(currentPassword)) throw new AppError("invalid", samePassword, { password: [samePassword] });
  return { currentHash, passwordHash: await hashPassword(password, hashQueueKeys(origin.ipAddress, account.email)) };
}

async function setPassword(tx: Tx, self: AccountContext, { currentHash, passwordHash }: NewPassword): Promise<SessionToken> {
  const { account, origin } = self;
  const changed = await tx
    .update(accounts)
    .set({ passwordHash, passwordChangedAt: sql`now()`, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(accounts.id, account.id), eq(accounts.passwordHash, currentHash)))
    .returning({ email: accounts.email });
  const [owner] = changed;
  if (!owner) throw new AppError("conflict", "Your password was just changed elsewhere. Open this page again");
  await setAuthScope(tx, { accountId: account.id, email: owner.email });
  await voidEmailTokens(tx, ["recover", "reset", "change_email"], owner.email);
  const token = await revokeOtherSessions(tx, self, "password changed", { unmetPasswordRules: null });
  await sendSecurityNotice(tx, owner.email, "Your password was changed", origin);
  return token;
}
