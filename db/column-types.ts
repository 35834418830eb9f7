import { customType, integer, timestamp, uuid } from "drizzle-orm/pg-core";
import { v7 } from "uuid";

export const id = () => uuid().primaryKey().$defaultFn(() => v7());

export const timestamptz = () => timestamp({ withTimezone: true });

export const timestamps = () => ({
  createdAt: timestamptz().notNull().defaultNow(),
  updatedAt: timestamptz().notNull().defaultNow().$onUpdate(() => new Date()),
});

/** Row version for optimistic locking. */
export const version = () => integer().notNull().default(1);

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
