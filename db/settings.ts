import { sql } from "drizzle-orm";

// nullif: once set, the setting reads '' rather than null after the transaction ends.
export const currentOrg = sql`nullif(current_setting('app.org_id', true), '')::uuid`;
export const currentAccount = sql`nullif(current_setting('app.account_id', true), '')::uuid`;
export const currentEmail = sql`nullif(current_setting('app.email', true), '')`;
export const currentInvitation = sql`nullif(current_setting('app.invitation_id', true), '')::uuid`;
export const currentLink = sql`decode(nullif(current_setting('app.link', true), ''), 'hex')`;
export const allSites = sql`current_setting('app.all_sites', true) = 'on'`;
export const visibleSites = sql`string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[]`;
