import { sql } from "drizzle-orm";
import { index, pgPolicy, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytea, id, timestamptz } from "@/db/column-types";
import { organizationColumn, orgPoliciesAndKey } from "@/db/rls";
import { authRole } from "@/db/roles";
import { accounts } from "@/db/schema/accounts";
import { currentTokenHash } from "@/db/session-variables";
import { naturalOrder } from "@/db/text-order";

/** A secret key by which an app uses the organization through the mobile SDK. */
export const sdkKeys = pgTable(
  "sdk_keys",
  {
    id: id(),
    ...organizationColumn(),
    name: text().notNull(),
    /** Equal for names that look alike. */
    nameKey: text().notNull().generatedAlwaysAs(sql`fold_name(name)`),
    searchText: text().notNull().generatedAlwaysAs(sql`fold_search(name)`),
    secretHash: bytea().notNull(),
    /** The last characters of the secret, by which people recognize the key. */
    secretEnd: text().notNull(),
    createdBy: uuid().references(() => accounts.id, { onDelete: "set null" }),
    createdAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    ...orgPoliciesAndKey("sdk_keys", t, "hidden from staff"),
    pgPolicy("sdk_keys_enrollment_read", { for: "select", to: authRole, using: sql`secret_hash = (select ${currentTokenHash})` }),
    unique("sdk_keys_name_key").on(t.organizationId, t.nameKey),
    index("sdk_keys_by_name").on(t.organizationId, naturalOrder(t.name), t.id),
    index("sdk_keys_secret").on(t.secretHash),
    index("sdk_keys_creator").on(t.createdBy),
  ],
);
