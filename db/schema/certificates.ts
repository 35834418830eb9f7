import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { bytea, id, timestamptz } from "@/db/column-types";
import { organizationColumn, orgPolicies, orgPoliciesAndKey } from "@/db/rls";
import { definerRole } from "@/db/roles";

/** The CA certificate of an organization, and the one that follows it. */
export const certificateAuthorities = pgTable(
  "certificate_authorities",
  {
    id: id(),
    ...organizationColumn(),
    state: text().$type<"current" | "pending">().notNull(),
    /** As PEM. */
    certificate: text().notNull(),
    encryptedPrivateKey: bytea().notNull(),
    /** Stored, because jobs search by it. */
    validTo: timestamptz().notNull(),
    createdAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    ...orgPoliciesAndKey("certificate_authorities", t, "hidden from staff"),
    unique("certificate_authorities_state_key").on(t.organizationId, t.state),
    pgPolicy("certificate_authorities_definer_read", { for: "select", to: definerRole, using: sql`true` }),
  ],
);

/** Which reminders of the end of a certificate were sent, by its fingerprint. */
export const certificateReminders = pgTable(
  "certificate_reminders",
  {
    ...organizationColumn(),
    fingerprint: text().notNull(),
    daysBefore: integer().notNull(),
    sentAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "certificate_reminders_key", columns: [t.organizationId, t.fingerprint, t.daysBefore] }),
    ...orgPolicies("certificate_reminders", "hidden from staff"),
  ],
);
