import "server-only";
import { eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { memberships } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { endMembership, lockAdministrators, saveAccess, withNamedPlaces } from "@/lib/administrators/internal";
import { administratorById, visibleScopeIds, readAdministratorBatch, selectedAdministrators } from "@/lib/administrators/queries";
import { auditSubject, notJoinedError, ownResetError, ownSessionsError } from "@/lib/administrators/rules";
import {
  ChangeRoleOfSelected,
  EndMemberSessions,
  ExportAdministrators,
  RevokeAccess,
  SelectAdministrators,
  StartPasswordReset,
  UpdateAdministrator,
} from "@/lib/administrators/schema";
import { bulk } from "@/lib/kernel/bulk";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { roles } from "@/lib/shared/roles";

/** Changes role and site access of a member or an invitation. */
export const updateAdministrator = command({
  permission: "administrator.update",
  input: UpdateAdministrator,
  async run(scope, { administratorId, version, ...requested }) {
    await lockAdministrators(scope.tx, scope.actor, "administrator.update");
    const before = await administratorById(scope.tx, administratorId);
    return saveAccess(scope, before, version, await withNamedPlaces(scope.tx, requested));
  },
});

/** Gives every selected administrator the same role; site access stays as it is unless the role always covers all sites. */
export const changeRoleOfSelected = command({
  permission: "administrator.update",
  input: ChangeRoleOfSelected,
  async run(scope, { role, ...selection }) {
    const { tx, actor } = scope;
    await lockAdministrators(tx, actor, "administrator.update");
    const { label, alwaysAllSites } = roles[role];
    const everywhere = { scope: "all" as const, groups: [], sites: [] };
    return bulk(scope, selection, await selectedAdministrators(tx, selection), {
      permission: "administrator.update",
      each: async (inner, { id }) => {
        const before = await administratorById(inner, id);
        if (before.role === role) {
          scope.nothingChanged();
          return `is already ${label}`;
        }
        const places = alwaysAllSites ? everywhere : { scope: before.scope, ...(await visibleScopeIds(inner, id)) };
        await saveAccess({ ...scope, tx: inner }, before, before.version, { role, ...places });
        return `is now ${label}`;
      },
    });
  },
});

/** Removes a member from the organization and notifies them by email. */
export const revokeAccess = command({
  permission: "administrator.revoke",
  input: RevokeAccess,
  async run(scope, { administratorId }) {
    const organization = await lockAdministrators(scope.tx, scope.actor, "administrator.revoke");
    return endMembership(scope, organization, administratorId);
  },
});

/** Removes every selected member from the organization; each has its own result. */
export const revokeSelected = command({
  permission: "administrator.revoke",
  input: SelectAdministrators,
  async run(scope, selection) {
    const { tx, actor } = scope;
    const organization = await lockAdministrators(tx, actor, "administrator.revoke");
    return bulk(scope, selection, await selectedAdministrators(tx, selection), {
      permission: "administrator.revoke",
      each: async (inner, { id }) => {
        await endMembership({ ...scope, tx: inner }, organization, id);
        return "access revoked";
      },
    });
  },
});

/** Ends a member's existing sessions for this organization; other organizations are not affected. */
export const endMemberSessions = command({
  permission: "administrator.update",
  input: EndMemberSessions,
  async run({ tx, actor, record }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const member = await joinedMemberById(tx, administratorId);
    if (member.accountId === actor.id) throw ownSessionsError();
    await tx.update(memberships).set({ sessionsEndedAt: sql`now()` }).where(eq(memberships.id, administratorId));
    await record("administrator.signed_out", { subject: auditSubject(member) });
    return member;
  },
});

/** Emails a member a password reset link, within the limits of a reset that they request themselves. */
export const startPasswordReset = command({
  permission: "administrator.update",
  input: StartPasswordReset,
  async run({ tx, actor, record, enqueue }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const member = await joinedMemberById(tx, administratorId);
    if (member.accountId === actor.id) throw ownResetError();
    await consumeLimit(tx, "recover_mail", member.email);
    await consumeLimit(tx, "mail_network", ipNetwork(actor.origin.ipAddress));
    await record("administrator.reset_started", { subject: auditSubject(member) });
    await enqueue("account.recover", { account: member.accountId, attempt: v7() });
    return member;
  },
});

async function joinedMemberById(tx: Tx, administratorId: string) {
  const { accountId, ...member } = await administratorById(tx, administratorId);
  if (!accountId) throw notJoinedError();
  return { ...member, accountId };
}

const recordExport = command({
  permission: "administrator.read",
  input: ExportAdministrators,
  async run({ actor, record }, { sort: _, ...filter }) {
    await record("administrator.exported", { subject: { id: actor.orgId, label: "administrators" }, after: filter });
  },
});

/** Streams all administrators that match a filter in batches, after writing the audit entry of the export. */
export const exportAdministrators = exporting(recordExport, readAdministratorBatch);
