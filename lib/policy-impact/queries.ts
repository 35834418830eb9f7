import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { passwordLifetimes } from "@/lib/env";
import { query } from "@/lib/kernel/query";
import { describeImpact, isStricter, type MemberImpact, type Policy, type PolicyImpact, policyOf } from "@/lib/policy-impact/rules";
import { defaultSessionPolicy } from "@/lib/sessions/queries";
import { settingsOf } from "@/lib/settings/internal";
import { plannedChange } from "@/lib/settings/queries";
import { UpdateSettings } from "@/lib/settings/schema";
import { withChanges } from "@/lib/shared/settings/document";
import type { ChangeImpact } from "@/lib/shared/form-state";

/** Whom saving the settings page would touch, in words; null when nobody, so that there is nothing to ask. */
export const previewSettings = query({
  permission: "settings.update",
  input: UpdateSettings,
  async run({ tx, actor }, input): Promise<ChangeImpact | null> {
    const { document: before, ...current } = await settingsOf(tx, actor.orgId);
    const { values } = await plannedChange(tx, actor, { document: before, ...current }, input);
    const policy = policyOf(withChanges(before, values));
    if (!isStricter(policy, policyOf(before), defaultSessionPolicy())) return null;
    return describeImpact(await impactOf(tx, actor, policy), policy);
  },
});

/** The members whom a policy touches that the organization does not have yet; needs a transaction of the organization. */
export function touchedMembers({ sessionId }: Actor, policy: Policy) {
  const defaults = { ...defaultSessionPolicy(), ...passwordLifetimes() };
  return sql`members_touched_by_policy(${JSON.stringify(policy)}::jsonb, ${JSON.stringify(defaults)}::jsonb, ${sessionId ?? null}::uuid)`;
}

/** Columns of a touched member. */
export const memberImpactColumns = sql`t.is_super_user as "isSuperUser", t.must_set_up_two_factor as "mustSetUpTwoFactor",
  t.password_is_checked as "passwordIsChecked", t.password_expired as "passwordExpired", t.ended_sessions as "endedSessions",
  t.own_session_ends as "ownSessionEnds"`;

/** Counts whom a policy touches. */
async function impactOf(tx: Tx, actor: Actor, policy: Policy): Promise<PolicyImpact> {
  const rows = await tx.execute<Omit<PolicyImpact, "own"> & { own: MemberImpact | null }>(sql`
    with touched as (select * from ${touchedMembers(actor, policy)})
    select count(*) filter (where must_set_up_two_factor)::int as "twoFactor",
      count(*) filter (where must_set_up_two_factor and is_super_user)::int as "twoFactorSuperUsers",
      count(*) filter (where password_is_checked)::int as "checkedPasswords",
      count(*) filter (where password_expired)::int as "expiredPasswords",
      coalesce(sum(ended_sessions), 0)::int as "endedSessions",
      count(*) filter (where account_id <> ${actor.id})::int as others,
      (select row_to_json(o) from (select ${memberImpactColumns} from touched t where t.account_id = ${actor.id}) o) as own
    from touched`);
  const [impact] = rows;
  if (!impact) throw new Error("An aggregate without groups has one row");
  return impact;
}
