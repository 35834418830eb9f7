import { sql } from "drizzle-orm";

// nullif: after the transaction that set it, a setting reads '' instead of null.
export const currentOrg = sql`nullif(current_setting('app.org_id', true), '')::uuid`;
export const currentAccount = sql`nullif(current_setting('app.account_id', true), '')::uuid`;
export const currentEmail = sql`nullif(current_setting('app.email', true), '')`;
export const currentInvitation = sql`nullif(current_setting('app.invitation_id', true), '')::uuid`;
export const currentLink = sql`decode(nullif(current_setting('app.token_hash', true), ''), 'hex')`;
export const allSites = sql`current_setting('app.all_sites', true) = 'on'`;
export const visibleSites = sql`string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[]`;
