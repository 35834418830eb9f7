import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sql } from "postgres";
import { previewSettings } from "@/lib/policy-impact/queries";
import { updateSettings } from "@/lib/settings/commands";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import { connectAsOwner, newOrg, newSuperUser } from "@/lib/testing/fixtures";

const size = 10_000;
const tables = ["accounts", "memberships", "sessions", "email_outbox"];
let owner: Sql;

// Forced row security also applies to the owner, who fills the tables of this file's own database.
beforeAll(async () => {
  owner = connectAsOwner();
  for (const table of tables) await owner`alter table ${owner(table)} no force row level security`;
});

afterAll(() => owner.end());

/** An organization of many members, some of them in another one too, each with sessions. */
async function newLargeOrganization() {
  const [superUser, other] = [await newSuperUser(), await newOrg()];
  const known = `%@${superUser.orgId}.test`;
  await owner`insert into accounts (id, email, first_name, last_name, password_changed_at)
    select gen_random_uuid(), n || '@' || ${superUser.orgId} || '.test', 'Ada', 'Berg', now() - make_interval(days => n % 200) from generate_series(1, ${size}::int) n`;
  for (const [orgId, share] of [[superUser.orgId, 1], [other.id, 5]] as const) {
    await owner`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
      select gen_random_uuid(), ${orgId}, id, email, 'Ada', 'Berg', 'observer', 'all', now() from accounts where email like ${known} and hashtext(email) % ${share}::int = 0`;
  }
  await owner`insert into sessions (id, account_id, secret_hash, auth_time, methods)
    select gen_random_uuid(), id, sha256((id::text || hours)::bytea), now() - make_interval(hours => hours), '{password}' from accounts, generate_series(0, 2) hours where email like ${known}`;
  await owner`analyze accounts, memberships, sessions`;
  return superUser;
}

test("ORG-2, ORG-3: the impact on 10,000 members is counted, and all of them are told, within the time of a statement", { timeout: 60_000 }, async () => {
  const superUser = await newLargeOrganization();
  const policy = { "password_policy.enabled": "true", "password_policy.requires_two_factor_auth": "true", "password_policy.min_length": "14", "password_policy.expiry_in_days": "190" };
  const input = { ...settingsFormValues(await getSettings(superUser, {})), ...policy, session_expiry: "90", ui_idle_timeout: "30" };
  expect(await previewSettings.fromRaw(superUser, input)).toMatchObject({
    effects: [
      "10,001 members must set up two-factor authentication at their next request, 1 of them a Super User.",
      "10,000 open sessions end at once.",
      "Passwords can’t be checked now: 10,000 members must choose a new one at their next sign-in, unless theirs has at least 14 characters.",
      "500 passwords have expired: their owners choose new ones at the next request.",
    ],
    others: size,
  });
  await updateSettings.fromRaw(superUser, { ...input, notify_members: "true" });
  const told = await owner`select count(*)::int as mails from email_outbox where template = 'policy-changed' and recipient like ${`%@${superUser.orgId}.test`}`;
  expect(told[0]?.mails).toBe(size);
});
