import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { memberships, organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { hasCurrentAccess } from "@/lib/administrators/queries";
import { command } from "@/lib/kernel/command";
import { retryWithoutLocks } from "@/lib/kernel/retry-without-locks";
import { findDeletionBlockers } from "@/lib/organization-deletion/queries";
import { requireNoBlockers, requireTypedName } from "@/lib/organization-deletion/rules";
import { DeleteOrganization } from "@/lib/organization-deletion/schema";
import { deleteOrganization as deleteOrganizationRows } from "@/lib/organizations/internal";
import { rolePermissions } from "@/lib/shared/permissions";
import { AppError, notFoundError } from "@/lib/shared/app-error";

/**
 * Deletes the organization of the actor with everything in it, and notifies its administrators by email and in their account
 * history. Nothing can be added to it meanwhile.
 */
export const deleteOrganization = command({
  permission: "organization.delete",
  input: DeleteOrganization,
  run: ({ tx, actor, recordForMembers, mail }, { name: typedName }) =>
    retryWithoutLocks(tx, async (attempt) => {
      const { name } = await lockOrganization(attempt, actor.orgId);
      await requireSuperUser(attempt, actor.id);
      requireTypedName(name, typedName);
      requireNoBlockers(await findDeletionBlockers(attempt));
      const members = await attempt.select({ email: memberships.email }).from(memberships).where(and(isNotNull(memberships.accountId), hasCurrentAccess));
      await recordForMembers("organization.deleted", `${name} (by ${actor.name})`);
      const props = { organization: name, by: actor.name, at: new Date().toISOString() };
      for (const { email } of members) await mail({ template: "organization-deleted", to: email, props });
      await deleteOrganizationRows(attempt, actor.orgId);
      return { name };
    }),
});

/** Locks the organization against every insert of a row that belongs to it. */
async function lockOrganization(tx: Tx, orgId: string) {
  const [organization] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId)).for("update");
  if (!organization) throw notFoundError("Organization");
  return organization;
}

async function requireSuperUser(tx: Tx, accountId: string) {
  const [own] = await tx.select({ role: memberships.role }).from(memberships).where(and(eq(memberships.accountId, accountId), hasCurrentAccess));
  if (!own || !rolePermissions[own.role].includes("organization.delete")) throw new AppError("forbidden", "Your role no longer allows this");
}
