import { sql } from "drizzle-orm";
import { boolean, check, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, timestamps, timestamptz } from "@/db/column-types";
import { organizationColumn, orgPoliciesAndKey } from "@/db/rls";

/** A row of an imported file: the line it begins in, the site as it was understood, and what is wrong with it. */
export type SiteImportRow = {
  line: number;
  name: string;
  country: string;
  timeZone: string;
  streetAddress: string;
  latitude: number | null;
  longitude: number | null;
  notes: string;
  groups: string[];
  fault?: string;
};

/** What became of a row, and why. */
export type SiteImportResult = { status: "added" | "ignored" | "faulty" | "removed" | "kept"; text?: string; siteId?: string };

/** Imports of sites from a file: what each row says, how far the job is, and what became of each row. */
export const siteImports = pgTable(
  "site_imports",
  {
    id: id(),
    ...organizationColumn(),
    /** The actor who started it, whose name is in the audit log. */
    startedById: uuid().notNull(),
    fileName: text().notNull(),
    rows: jsonb().$type<readonly SiteImportRow[]>().notNull(),
    /** Columns of the file that mean nothing here. */
    ignoredColumns: text().array().notNull().default([]),
    /** Whether site groups that the file names and that do not exist are created. */
    createsGroups: boolean().notNull().default(false),
    total: integer().notNull(),
    done: integer().notNull().default(0),
    /** Waiting is a preview that nobody has started. */
    status: text().$type<"waiting" | "running" | "done" | "failed" | "undone">().notNull().default("waiting"),
    /** Null unless it is true, so that one import per organization can run. */
    isRunning: boolean().generatedAlwaysAs(sql`nullif(status = 'running', false)`),
    /** What became of each row that is done, in the order of the file. */
    results: jsonb().$type<readonly SiteImportResult[]>().notNull().default([]),
    finishedAt: timestamptz(),
    undoneAt: timestamptz(),
    ...timestamps(),
  },
  (t) => [
    ...orgPoliciesAndKey("site_imports", t, "hidden from staff"),
    unique("site_imports_running_key").on(t.organizationId, t.isRunning),
    check("site_imports_status", sql`status in ('waiting', 'running', 'done', 'failed', 'undone')`),
    check("site_imports_done", sql`done between 0 and total`),
  ],
);
