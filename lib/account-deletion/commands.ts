import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { accounts, emailTokens } from "@/db/schema";
import { setAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { describeClient } from "@/lib/accounts/rules";
import { orgsWithSoleSuperUser } from "@/lib/account-deletion/queries";
import { organizationsToDelete } from "@/lib/account-deletion/rules";
import { DeleteAccount } from "@/lib/account-deletion/schema";
import { deleteOrganization, lockOrganizationsForDeletion } from "@/lib/organizations/internal";
import { accountCommand } from "@/lib/kernel/account-command";
import { revokeSessions } from "@/lib/sessions/internal";
import { AppError } from "@/lib/shared/app-error";
import { fullName } from "@/lib/shared/person-name";

/**
 * Deletes the account with everything that belongs to it, and the organizations that nobody else is in. Its organizations
 * are locked in id order, so that two Super Users who leave at the same time cannot both succeed.
 */
export const deleteAccount = accountCommand({
  input: DeleteAccount,
  async run({ tx, self: { account, origin }, record, mail }, confirmation) {
    const email = await lockAccountForDeletion(tx, account.id);
    await lockOrganizationsForDeletion(tx, confirmation.organizations);
    await tx.execute(sql`select lock_orgs_for_account_deletion()`);
    const soleSuperUserOrgs = await orgsWithSoleSuperUser(tx);
    for (const orgId of organizationsToDelete(soleSuperUserOrgs, confirmation)) await deleteOrganization(tx, orgId);
    await revokeSessions(tx, account.id, "account deleted");
    await record("account.deleted");
    const source = { at: new Date().toISOString(), from: describeClient(origin) };
    for (const { name } of soleSuperUserOrgs) await mail({ template: "organization-deleted", to: email, props: { organization: name, by: fullName(account), at: source.at } });
    await mail({ template: "account-deleted", to: email, props: source });
    await deleteEmailTokens(tx, account.id, email);
    await tx.delete(accounts).where(eq(accounts.id, account.id));
    return { email };
  },
});

/** Locks the account row FOR UPDATE: no session, membership or organization can reference it until commit. */
async function lockAccountForDeletion(tx: Tx, accountId: string): Promise<string> {
  const [account] = await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, accountId)).for("update");
  if (!account) throw new AppError("unauthenticated", "This account no longer exists");
  return account.email;
}

/** Deletes the links that were sent to this email; invitations belong to their organization and are only voided. */
async function deleteEmailTokens(tx: Tx, accountId: string, email: string) {
  await setAuthScope(tx, { accountId, email });
  const sameEmail = eq(emailTokens.email, email);
  await tx.delete(emailTokens).where(and(sameEmail, isNull(emailTokens.membershipId)));
  const openInvitation = and(sameEmail, isNotNull(emailTokens.membershipId), isNull(emailTokens.consumedAt), isNull(emailTokens.voidedAt));
  await tx.update(emailTokens).set({ voidedAt: sql`now()` }).where(openInvitation);
}
