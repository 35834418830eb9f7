import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgPolicy, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, timestamptz } from "@/db/column-types";
import { definerRole, tenantRoles } from "@/db/roles";
import { allSites } from "@/db/session-variables";
import { organizationColumn, orgPolicies } from "@/db/rls";

const anyOrg = sql`organization_id is not null`;
const position = () => bigint({ mode: "number" }).notNull();

/** The chain is about all entries, so only people who see all sites may read it. */
const policies = (table: string) => [
  ...orgPolicies(table, "staff reads"),
  pgPolicy(`${table}_all_sites`, { as: "restrictive", for: "select", to: tenantRoles, using: sql`(select ${allSites})` }),
];

const definerPolicy = (table: string) => pgPolicy(`${table}_definer`, { for: "all", to: definerRole, using: anyOrg, withCheck: anyOrg });

/** The end of each organization's hash chain. Locked by whoever appends, from the end of the transaction to its commit. */
export const auditChains = pgTable(
  "audit_chains",
  {
    ...organizationColumn(),
    seq: position().default(0),
    chainHash: bytea().notNull().default(sql`'\\x0000000000000000000000000000000000000000000000000000000000000000'::bytea`),
    /** How far the entries from before the chain have been appended, and when that was complete. */
    backfillAt: timestamptz().notNull().default(sql`'-infinity'`),
    backfillId: uuid().notNull().default(sql`'00000000-0000-0000-0000-000000000000'`),
    backfilledAt: timestamptz(),
  },
  (t) => [primaryKey({ name: "audit_chains_key", columns: [t.organizationId] }), ...policies("audit_chains"), definerPolicy("audit_chains")],
);

/** One row per audit entry in the order of commit; it stays when retention removes the entry. */
export const auditChainLinks = pgTable(
  "audit_chain_links",
  {
    ...organizationColumn(),
    seq: position(),
    occurredAt: timestamptz().notNull(),
    /** Null when the entry was removed with its deleted account. */
    entryId: uuid(),
    entryHash: bytea().notNull(),
    chainHash: bytea().notNull(),
  },
  (t) => [
    primaryKey({ name: "audit_chain_links_key", columns: [t.organizationId, t.seq] }),
    index("audit_chain_links_entry").on(t.organizationId, t.entryId),
    ...policies("audit_chain_links"),
    definerPolicy("audit_chain_links"),
  ],
);

/** Signed statements about the state of a chain. What is signed is the text; the other columns are copies for queries. */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    ...organizationColumn(),
    number: integer().notNull(),
    at: timestamptz().notNull(),
    seq: position(),
    chainHash: bytea().notNull(),
    statement: text().notNull(),
    publicKey: text().notNull(),
    signature: text().notNull(),
  },
  (t) => [primaryKey({ name: "audit_checkpoints_key", columns: [t.organizationId, t.number] }), ...policies("audit_checkpoints"), definerPolicy("audit_checkpoints")],
);

/** Which places of the chain lost their entry with a deleted account, as text that the next checkpoint signs. */
export const auditRemovals = pgTable(
  "audit_removals",
  { ...organizationColumn(), number: integer().notNull(), removal: text().notNull() },
  (t) => [primaryKey({ name: "audit_removals_key", columns: [t.organizationId, t.number] }), ...policies("audit_removals")],
);

/** The latest verification of each organization's audit log, running or finished. */
export const auditVerifications = pgTable(
  "audit_verifications",
  {
    ...organizationColumn(),
    id: uuid().notNull(),
    startedAt: timestamptz().notNull().defaultNow(),
    startedBy: text().notNull(),
    updatedAt: timestamptz().notNull().defaultNow(),
    checked: position().default(0),
    total: position().default(0),
    finishedAt: timestamptz(),
    result: jsonb(),
  },
  (t) => [primaryKey({ name: "audit_verifications_key", columns: [t.organizationId] }), ...policies("audit_verifications")],
);
