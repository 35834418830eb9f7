import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts, usageEvents } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { ownCommand } from "@/lib/kernel/personal";
import type { CountedPage } from "@/lib/usage/rules";
import { ChoosePrivacy } from "@/lib/usage/schema";

/** Saves the first analytics choice of an account. */
export const choosePrivacy = ownCommand({
  input: ChoosePrivacy,
  async run({ tx, self, record }, { analytics }) {
    await allowAnalysis(tx, self.account.id, analytics);
    await record("privacy.chosen", { after: { usageAnalysis: analytics } });
  },
});

/** Saves the analytics consent; refusal deletes all recorded page views. */
export async function allowAnalysis(tx: Tx, accountId: string, analytics: "yes" | "no") {
  await tx.update(accounts).set({ analyticsAllowed: analytics }).where(eq(accounts.id, accountId));
  if (analytics === "no") await tx.delete(usageEvents).where(eq(usageEvents.accountId, accountId));
}

export type Visit = { page: CountedPage; secondsAgo: number };

/** Inserts page views if the account allows analytics at that moment. */
export async function recordUsage(accountId: string, pageViews: readonly Visit[]): Promise<void> {
  await asVisitor({ accountId }, (tx) =>
    // `for share` makes a concurrent refusal wait and then delete these rows.
    tx.execute(sql`
      with allowed as (
        select id from accounts where id = ${accountId} and analytics_allowed = 'yes' for share)
      insert into usage_events (id, account_id, page, occurred_at)
      select gen_random_uuid(), allowed.id, view.page, now() - make_interval(secs => view."secondsAgo")
      from allowed, jsonb_to_recordset(${JSON.stringify(pageViews)}::jsonb) as view(page text, "secondsAgo" double precision)`),
  );
}
