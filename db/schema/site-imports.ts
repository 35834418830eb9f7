import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, timestamps, timestamptz } from "@/db/column-types";
import { organizationColumn, orgPoliciesAndKey } from "@/db/rls";

/** Imports of sites from a file: what each row says, how far the job is, and what became of each row. */
export const siteImports = pgTable(
  "site_imports",
  {
    id: id(),
    ...organizationColumn(),
    /** The actor who started it, whose name is in the audit log. */
    startedById: uuid().notNull(),
    fileName: text().notNull(),
    rows: jsonb().$type<readonly Record<string, unknown>[]>().notNull(),
    total: integer().notNull(),
    done: integer().notNull().default(0),
    status: text().notNull().default("waiting"),
    /** What became of each row that is done, in the order of the file. */
    results: jsonb().$type<readonly Record<string, unknown>[]>().notNull().default([]),
    finishedAt: timestamptz(),
    undoneAt: timestamptz(),
    ...timestamps(),
  },
  (t) => [
    ...orgPoliciesAndKey("site_imports", t, "hidden from staff"),
    check("site_imports_status", sql`status in ('waiting', 'running', 'done', 'failed', 'undone')`),
    check("site_imports_done", sql`done between 0 and total`),
  ],
);
