import { sql } from "drizzle-orm";

// nullif: after the transaction that set it, a setting reads '' instead of null.
export const currentOrgId = sql`nullif(current_setting('app.org_id', true), '')::uuid`;
export const currentAccountId = sql`nullif(current_setting('app.account_id', true), '')::uuid`;
export const currentEmail = sql`nullif(current_setting('app.email', true), '')`;
export const currentInvitationId = sql`nullif(current_setting('app.invitation_id', true), '')::uuid`;
export const currentTokenHash = sql`decode(nullif(current_setting('app.token_hash', true), ''), 'hex')`;
export const allSites = sql`current_setting('app.all_sites', true) = 'on'`;
export const visibleSiteIds = sql`string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[]`;
export const isNotStaff = sql`(select current_setting('app.actor', true) is distinct from 'staff')`;
export const currentMspId = sql`nullif(current_setting('app.msp_id', true), '')::uuid`;
