import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { brand } from "@/lib/brand";
import { enqueueEmails } from "@/lib/kernel/email-outbox";
import { memberImpactColumns, touchedMembers } from "@/lib/policy-impact/queries";
import { isStricter, type MemberImpact, memberEffects, policyOf } from "@/lib/policy-impact/rules";
import { defaultSessionPolicy } from "@/lib/sessions/queries";
import type { SettingsDocument } from "@/lib/shared/settings/document";

type PolicyChange = { before: SettingsDocument; after: SettingsDocument };

/**
 * Emails everybody whom a stricter policy touches, except the one who makes the change, and returns how many that are.
 * Called before the change is written, with the organization locked.
 */
export async function tellTouchedMembers(tx: Tx, actor: Actor, { before, after }: PolicyChange): Promise<number> {
  const policy = policyOf(after);
  if (!isStricter(policy, policyOf(before), defaultSessionPolicy())) return 0;
  const members = await tx.execute<MemberImpact & { email: string }>(sql`
    select a.email, ${memberImpactColumns} from ${touchedMembers(actor, policy)} t
    join accounts a on a.id = t.account_id where a.id <> ${actor.id} order by a.id`);
  const common = { organization: String(after.name), by: actor.name, at: new Date().toISOString(), link: `${brand().url}/orgs/${actor.orgId}` };
  await enqueueEmails(
    tx,
    members.map((member) => ({ template: "policy-changed", to: member.email, props: { ...common, ...memberEffects(member, policy) } })),
  );
  return members.length;
}
