import { sql } from "drizzle-orm";
import { index, integer, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamptz } from "@/db/column-types";
import { organizationColumn, orgPolicies } from "@/db/rls";
import { definerRole, workerRole } from "@/db/roles";
import type { ApplicationName } from "@/lib/shared/applications";

/** Accounts of applications, such as Zoom, that an organization has linked. */
export const linkedAccounts = pgTable(
  "linked_accounts",
  {
    id: id(),
    ...organizationColumn(),
    application: text().$type<ApplicationName>().notNull(),
    /** The id and the name that the application gives the account. */
    applicationAccountId: text().notNull(),
    name: text().notNull(),
    encryptedTokens: bytea().notNull(),
    expiresAt: timestamptz(),
    /** When the tokens are refreshed next; a worker that does it moves this ahead, so that no other takes it. */
    refreshAt: timestamptz(),
    /** When the application refused to refresh the tokens: the account must be linked again. */
    failedAt: timestamptz(),
    linkedAt: timestamptz().notNull().defaultNow(),
    /** The actor, whose name is in the audit log. */
    linkedById: uuid().notNull(),
  },
  (t) => [
    ...orgPolicies("linked_accounts", "hidden from staff"),
    unique("linked_accounts_key").on(t.organizationId, t.application, t.applicationAccountId),
    index("linked_accounts_refresh").on(t.refreshAt),
    pgPolicy("linked_accounts_definer_read", { for: "select", to: definerRole, using: sql`true` }),
  ],
);

/** Tokens of unlinked accounts, filled by a trigger, until they are revoked at the application; they belong to no organization, which may be deleted. */
export const tokenRevocations = pgTable(
  "token_revocations",
  {
    id: id(),
    application: text().$type<ApplicationName>().notNull(),
    encryptedTokens: bytea().notNull(),
    attempts: integer().notNull().default(0),
    /** A worker that revokes the tokens moves this ahead, so that no other takes them. */
    nextAttemptAt: timestamptz().notNull().defaultNow(),
    createdAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    index("token_revocations_due").on(t.nextAttemptAt),
    pgPolicy("token_revocations_definer_insert", { for: "insert", to: definerRole, withCheck: sql`true` }),
    pgPolicy("token_revocations_worker", { for: "all", to: workerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
