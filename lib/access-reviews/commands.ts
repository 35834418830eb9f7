import "server-only";
import { eq } from "drizzle-orm";
import { accessReviewDecisions, memberships } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { readDecisionBatch, readReviewBatch, selectedForReview } from "@/lib/access-reviews/queries";
import { DecideOnSelected, ExportAccessReview, ExportReviewDecisions } from "@/lib/access-reviews/schema";
import { endMembership, lockAdministrators } from "@/lib/administrators/internal";
import { accessScopes, administratorById } from "@/lib/administrators/queries";
import { accessEndedError, accessSummary, auditSubject, auditValues, notJoinedError } from "@/lib/administrators/rules";
import { bulk } from "@/lib/kernel/bulk";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { exporting } from "@/lib/kernel/export";

/** Records for every selected member that the access is still needed; each has its own result. */
export const keepSelected = command({
  permission: "access_review.decide",
  input: DecideOnSelected,
  async run(scope, { reason, ...selection }) {
    const { tx, actor, record } = scope;
    await lockAdministrators(tx, actor, "access_review.decide");
    return bulk(scope, selection, await selectedForReview(tx, selection), {
      permission: "access_review.decide",
      each: async (inner, { id }) => {
        const access = await reviewedAccess(inner, id);
        await insertDecision(inner, actor, access, { decision: "kept", reason });
        await record("access_review.kept", { subject: auditSubject(access), after: { ...auditValues(access), reason } });
        return "access kept";
      },
    });
  },
});

/** Revokes the access of every selected member and records the decision; each has its own result. */
export const revokeSelected = command({
  permission: "access_review.decide",
  input: DecideOnSelected,
  async run(scope, { reason, ...selection }) {
    const { tx, actor, record } = scope;
    const organization = await lockAdministrators(tx, actor, "access_review.decide");
    return bulk(scope, selection, await selectedForReview(tx, selection), {
      permission: "access_review.decide",
      each: async (inner, { id }) => {
        const access = await reviewedAccess(inner, id);
        await endMembership({ ...scope, tx: inner }, organization, id);
        await insertDecision(inner, actor, access, { decision: "revoked", reason });
        await record("access_review.revoked", { subject: auditSubject(access), before: { ...auditValues(access), reason } });
        return "access revoked";
      },
    });
  },
});

type Access = Awaited<ReturnType<typeof reviewedAccess>>;

/** The access as it is under the lock, with all its sites or groups. */
async function reviewedAccess(tx: Tx, administratorId: string) {
  const member = await administratorById(tx, administratorId);
  if (!member.accountId) throw notJoinedError();
  if (member.status === "ended") throw accessEndedError();
  const { lastUsedAt } = await expectOne(tx.select({ lastUsedAt: memberships.lastSeenAt }).from(memberships).where(eq(memberships.id, administratorId)));
  return { ...member, ...(await accessScopes(tx, administratorId)), lastUsedAt };
}

async function insertDecision(tx: Tx, actor: Actor, access: Access, decided: { decision: "kept" | "revoked"; reason: string }) {
  const { id: membershipId, name, email, role, accessEndsAt, lastUsedAt, twoFactorEnabledAt } = access;
  const facts = { membershipId, name, email, role, siteAccess: accessSummary(access), accessEndsAt, lastUsedAt, twoFactor: twoFactorEnabledAt !== null };
  await tx.insert(accessReviewDecisions).values({ ...facts, ...decided, reviewerId: actor.id, reviewerName: actor.name });
}

const recordReportExport = command({
  permission: "access_review.read",
  input: ExportAccessReview,
  async run({ actor, record }, { sort: _, ...filter }) {
    await record("access_review.exported", { subject: { id: actor.orgId, label: "the access review" }, after: filter });
  },
});

/** Streams everybody with access that matches a filter in batches, after writing the audit entry of the export. */
export const exportAccessReview = exporting(recordReportExport, readReviewBatch);

const recordDecisionExport = command({
  permission: "access_review.read",
  input: ExportReviewDecisions,
  async run({ actor, record }, { sort: _, ...filter }) {
    await record("access_review.exported", { subject: { id: actor.orgId, label: "access review decisions" }, after: filter });
  },
});

/** Streams all decisions that match a filter in batches, after writing the audit entry of the export. */
export const exportReviewDecisions = exporting(recordDecisionExport, readDecisionBatch);
