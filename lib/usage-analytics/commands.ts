import "server-only";
import { sql } from "drizzle-orm";
import { withAuthScope } from "@/db/auth-access";
import { accountCommand } from "@/lib/kernel/account-command";
import { setAnalyticsConsent } from "@/lib/usage-analytics/internal";
import type { TrackedPage } from "@/lib/usage-analytics/rules";
import { ChoosePrivacy } from "@/lib/usage-analytics/schema";

/** Saves the first analytics choice of an account. */
export const choosePrivacy = accountCommand({
  input: ChoosePrivacy,
  async run({ tx, self, record }, { analytics }) {
    await setAnalyticsConsent(tx, self.account.id, analytics);
    await record("privacy.chosen", { after: { usageAnalysis: analytics } });
  },
});

export type PageView = { page: TrackedPage; secondsAgo: number };

/** Inserts page views if the account allows analytics at that moment. */
export async function insertPageViews(accountId: string, pageViews: readonly PageView[]): Promise<void> {
  await withAuthScope({ accountId }, (tx) =>
    // `for share` makes a concurrent refusal wait and then delete these rows.
    tx.execute(sql`
      with allowed as (
        select id from accounts where id = ${accountId} and analytics_allowed = 'yes' for share)
      insert into usage_events (id, account_id, page, occurred_at)
      select gen_random_uuid(), allowed.id, view.page, now() - make_interval(secs => view."secondsAgo")
      from allowed, jsonb_to_recordset(${JSON.stringify(pageViews)}::jsonb) as view(page text, "secondsAgo" double precision)`),
  );
}
