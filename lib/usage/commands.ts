import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts, usageEvents } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { ownCommand } from "@/lib/kernel/personal";
import type { CountedPage } from "@/lib/usage/rules";
import { ChoosePrivacy } from "@/lib/usage/schema";

/** What a person who was never asked allows of the analysis of their use (ACC-28). */
export const choosePrivacy = ownCommand({
  input: ChoosePrivacy,
  async run({ tx, self, record }, { analytics }) {
    await allowAnalysis(tx, self.account.id, analytics);
    await record("privacy.chosen", { after: { usageAnalysis: analytics } });
  },
});

/** Keeps what a person allows; a no takes back all that was counted, also by whoever is counting just now (ACC-28). */
export async function allowAnalysis(tx: Tx, accountId: string, analytics: "yes" | "no") {
  await tx.update(accounts).set({ analyticsAllowed: analytics }).where(eq(accounts.id, accountId));
  if (analytics === "no") await tx.delete(usageEvents).where(eq(usageEvents.accountId, accountId));
}

export type Visit = { page: CountedPage; secondsAgo: number };

/** Writes which pages a person opened, if they allow it in the moment of writing (ACC-28). */
export async function recordUsage(accountId: string, visits: readonly Visit[]): Promise<void> {
  await asVisitor({ accountId }, (tx) =>
    // The account is held as it is until these rows are there: a no that comes meanwhile waits, and then deletes them.
    tx.execute(sql`
      with allowed as (
        select id from accounts where id = ${accountId} and analytics_allowed = 'yes' for share)
      insert into usage_events (id, account_id, page, occurred_at)
      select gen_random_uuid(), allowed.id, visit.page, now() - make_interval(secs => visit."secondsAgo")
      from allowed, jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) as visit(page text, "secondsAgo" double precision)`),
  );
}
