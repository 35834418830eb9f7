import { sql } from "drizzle-orm";
import { boolean, index, pgPolicy, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, timestamptz } from "@/db/column-types";
import { workerRole } from "@/db/roles";
import { organizationColumn, orgPoliciesAndKey } from "@/db/rls";
import type { Role } from "@/lib/shared/roles";

/** What was decided about the access of a member, and what the access was at that time; it stays when the membership is gone. */
export const accessReviewDecisions = pgTable(
  "access_review_decisions",
  {
    id: id(),
    ...organizationColumn(),
    membershipId: uuid().notNull(),
    decision: text().$type<"kept" | "revoked">().notNull(),
    reason: text().notNull(),
    decidedAt: timestamptz().notNull().defaultNow(),
    reviewerId: uuid().notNull(),
    reviewerName: text().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    siteAccess: text().notNull(),
    accessEndsAt: timestamptz(),
    lastUsedAt: timestamptz(),
    twoFactor: boolean().notNull(),
    searchText: text().notNull().generatedAlwaysAs(sql`fold_search(name || ' ' || searchable_email(email) || ' ' || reviewer_name)`),
  },
  (t) => [
    ...orgPoliciesAndKey("access_review_decisions", t, "staff reads"),
    index("access_review_decisions_latest").on(t.organizationId, t.membershipId, t.decidedAt, t.id),
    index("access_review_decisions_time").on(t.organizationId, t.decidedAt, t.id),
    // The retention period is at least 60 days.
    pgPolicy("access_review_decisions_old", { for: "all", to: workerRole, using: sql`decided_at < (select now() - interval '60 days')` }),
  ],
);
