import "server-only";
import { and, eq, inArray, isNotNull, like, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { accessReviewDecisions, accounts, memberships } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { ListAccessReview, ListReviewDecisions, SelectForReview } from "@/lib/access-reviews/schema";
import { administratorColumns, administratorMatches, allNames, anyOf, hasCurrentAccess, name, someNames, twoFactor } from "@/lib/administrators/queries";
import { selectedNames, selectedRows, selectionLimit } from "@/lib/kernel/bulk";
import { batchSize, countUpToLimit, keyset } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";

const latestDecision = (column: SQL) => sql`(
  select ${column} from ${accessReviewDecisions} d where d.membership_id = ${memberships.id} order by d.decided_at desc, d.id desc limit 1)`;

const reviewedAt = latestDecision(sql`d.decided_at`);
// A member who has not come yet counts as unused 90 days after joining, not at once.
const unusedSince = sql`coalesce(${memberships.lastSeenAt}, ${memberships.acceptedAt}, ${memberships.createdAt})`;
const use = sql`case when ${unusedSince} < now() - interval '90 days' then 'unused' else 'used' end`;

const reviewColumns = {
  ...administratorColumns,
  lastUsedAt: memberships.lastSeenAt,
  reviewedAt: sql<Date | null>`${reviewedAt}`.mapWith(memberships.invitedAt),
  reviewedBy: sql<string | null>`${latestDecision(sql`d.reviewer_name`)}`,
  reviewReason: sql<string | null>`${latestDecision(sql`d.reason`)}`,
};

type Filter = Pick<z.output<typeof ListAccessReview>, "search" | "role" | "use" | "twoFactor" | "reviewed">;

const reviewConditions = {
  none: sql`${reviewedAt} is null`,
  over90: sql`${reviewedAt} < now() - interval '90 days'`,
  over180: sql`${reviewedAt} < now() - interval '180 days'`,
};

const isReviewedAsChosen = (chosen: readonly (keyof typeof reviewConditions)[]) => sql`(${sql.join(chosen.map((state) => reviewConditions[state]), sql` or `)})`;

function filterCondition({ search, role = [], use: uses = [], twoFactor: states = [], reviewed = [] }: Partial<Filter>): SQL | undefined {
  return and(
    searchCondition(search, administratorMatches),
    anyOf(role, (values) => inArray(memberships.role, values)),
    anyOf(uses, (values) => inArray(use, values)),
    anyOf(states, (values) => inArray(twoFactor, values)),
    anyOf(reviewed, isReviewedAsChosen),
  );
}

// Invitations that nobody has accepted give no access yet.
const hasAccess = and(isNotNull(memberships.accountId), hasCurrentAccess);

const sortKeys = {
  name: { by: name, type: "text" },
  lastUsed: { by: sql`coalesce(${memberships.lastSeenAt}, '-infinity'::timestamptz)`, type: "timestamptz" },
  reviewed: { by: sql`coalesce(${reviewedAt}, '-infinity'::timestamptz)`, type: "timestamptz" },
} as const;

async function readRows(tx: Tx, list: z.output<typeof ListAccessReview>, names: typeof someNames, size?: number) {
  const request = keyset(list, { sortKeys, defaultSort: "name", idColumn: memberships.id, size });
  const rows = await tx
    .select({ ...reviewColumns, names, at: request.at })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(hasAccess, filterCondition(list), request.where))
    .orderBy(...request.orderBy)
    .limit(request.limit);
  return request.page(rows);
}

export type ReviewedAccess = Awaited<ReturnType<typeof readRows>>["rows"][number];

const countReviewed = (tx: Tx, filter: Partial<Filter>) =>
  countUpToLimit(tx, (limit) =>
    tx
      .select({ id: memberships.id })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(and(hasAccess, filterCondition(filter)))
      .limit(limit),
  );

/** A page of the members with access, each with what it covers, its last use and its latest review. */
export const listAccessReview = query({
  permission: "access_review.read",
  input: ListAccessReview,
  async run({ tx }, list) {
    const isFiltered = filterCondition(list) !== undefined;
    const [page, all] = await Promise.all([readRows(tx, list, someNames), isFiltered ? countReviewed(tx, {}) : undefined]);
    const total = page.next || page.previous ? await countReviewed(tx, list) : page.rows.length;
    return { ...page, total, all };
  },
});

/** The next batch of the report in the order of the page, with all sites and groups of each member. */
export const readReviewBatch = query({
  permission: "access_review.read",
  input: ListAccessReview,
  run: ({ tx }, list) => readRows(tx, list, allNames, batchSize),
});

/** The next rows of a selection, ordered by id. */
export const selectedForReview = (tx: Tx, { search, roles, use: uses, twoFactor: states, reviewed, ...chosen }: z.output<typeof SelectForReview>) => {
  const filter = filterCondition({ search, role: roles, use: uses, twoFactor: states, reviewed });
  return tx
    .select({ id: memberships.id, name })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(hasAccess, ...selectedRows(memberships.id, chosen, filter)))
    .orderBy(memberships.id)
    .limit(selectionLimit);
};

/** The names of the next rows of a selection, in the order of the list. */
export const getSelectedForReview = query({
  permission: "access_review.read",
  input: SelectForReview,
  run: async ({ tx }, selection) => selectedNames(await selectedForReview(tx, selection)),
});

// The only columns of a decision that leave the server.
const decisionColumns = {
  id: accessReviewDecisions.id,
  decision: accessReviewDecisions.decision,
  reason: accessReviewDecisions.reason,
  decidedAt: accessReviewDecisions.decidedAt,
  reviewerName: accessReviewDecisions.reviewerName,
  name: accessReviewDecisions.name,
  email: accessReviewDecisions.email,
  role: accessReviewDecisions.role,
  siteAccess: accessReviewDecisions.siteAccess,
  accessEndsAt: accessReviewDecisions.accessEndsAt,
  lastUsedAt: accessReviewDecisions.lastUsedAt,
  twoFactor: accessReviewDecisions.twoFactor,
};

type DecisionList = z.output<typeof ListReviewDecisions>;

const decisionFilter = ({ search, decision = [] }: Pick<DecisionList, "search" | "decision">) =>
  and(
    searchCondition(search, (pattern) => like(accessReviewDecisions.searchText, pattern)),
    [decision].flat().length > 0 ? inArray(accessReviewDecisions.decision, [decision].flat()) : undefined,
  );

async function readDecisions(tx: Tx, list: DecisionList, size?: number) {
  const sort = { decided: { by: accessReviewDecisions.decidedAt, type: "timestamptz" } } as const;
  const request = keyset(list, { sortKeys: sort, defaultSort: "-decided", idColumn: accessReviewDecisions.id, size });
  const rows = await tx
    .select({ ...decisionColumns, at: request.at })
    .from(accessReviewDecisions)
    .where(and(decisionFilter(list), request.where))
    .orderBy(...request.orderBy)
    .limit(request.limit);
  return request.page(rows);
}

export type ReviewDecision = Awaited<ReturnType<typeof readDecisions>>["rows"][number];

/** A page of past decisions, also about people who have no access any more. */
export const listReviewDecisions = query({
  permission: "access_review.read",
  input: ListReviewDecisions,
  run: ({ tx }, list) => readDecisions(tx, list),
});

/** The next batch of past decisions in the order of the page. */
export const readDecisionBatch = query({
  permission: "access_review.read",
  input: ListReviewDecisions,
  run: ({ tx }, list) => readDecisions(tx, list, batchSize),
});
