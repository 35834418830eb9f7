import "server-only";
import { sql } from "drizzle-orm";
import type { UserGroup } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { HeldMembership, SessionAge } from "@/lib/sessions/rules";
import type { Method } from "@/lib/vocabulary/entrance";
import type { MacFormat } from "@/lib/vocabulary/mac";

/** What the cookie holds: enough to find one row, nothing that grants anything by itself. */
export type SessionKey = { accountId: string; sessionId: string; secretHash: Buffer };

export type Account = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  timeZone: string | null;
  clock24: "12" | "24";
  macFormat: MacFormat;
  lastOrganizationId: string | null;
  analyticsAllowed: "yes" | "no" | null;
  userGroup: UserGroup;
  twoFactor: boolean;
  /** Days since the password was last changed, with their fraction. */
  passwordAgeDays: number | null;
};

export type Present = {
  sessionId: string;
  methods: Method[];
  account: Account;
  age: SessionAge;
  noticeAccepted: boolean;
  memberships: HeldMembership[];
};

/** Who holds this session now, with every membership as it stands; null when it was ended or never was. */
export function presentSession({ accountId, sessionId, secretHash }: SessionKey): Promise<Present | null> {
  return asVisitor({ accountId }, async (tx) => {
    const [row] = await tx.execute<Present>(sql`
      select s.id as "sessionId", s.methods, s.notice_accepted_at is not null as "noticeAccepted",
        json_build_object('id', a.id, 'email', a.email, 'firstName', a.first_name, 'lastName', a.last_name,
          'timeZone', a.time_zone, 'clock24', a.clock24, 'macFormat', a.mac_format,
          'lastOrganizationId', a.last_organization_id, 'analyticsAllowed', a.analytics_allowed,
          'userGroup', a.user_group, 'twoFactor', a.two_factor_since is not null,
          'passwordAgeDays', extract(epoch from now() - a.password_changed_at) / 86400) as account,
        json_build_object('sinceSignIn', extract(epoch from now() - s.auth_time),
          'sinceUse', extract(epoch from now() - s.last_seen_at),
          'sinceConfirmed', extract(epoch from now() - s.confirmed_at)) as age,
        coalesce((
          select json_agg(json_build_object('id', m.id, 'orgId', o.id, 'orgName', o.name, 'role', m.role,
            'scope', m.scope, 'sessionMinutes', o.session_minutes, 'idleMinutes', o.idle_minutes,
            'signedOut', coalesce(m.sessions_ended_at >= s.auth_time, false), 'twoFactorRequired', o.two_factor_required,
            'passwordExpiryDays', o.password_expiry_days, 'partner', o.partner_since is not null,
            'sites', coalesce((
              select json_agg(distinct coalesce(ms.site_id, g.site_id))
              from membership_scopes ms left join site_group_members g on g.group_id = ms.group_id
              where ms.membership_id = m.id and coalesce(ms.site_id, g.site_id) is not null), '[]'))
            order by o.name, o.id)
          from memberships m join organizations o on o.id = m.organization_id), '[]') as memberships
      from sessions s join accounts a on a.id = s.account_id
      where s.id = ${sessionId} and s.secret_hash = ${secretHash} and s.revoked_at is null and a.suspended_at is null`);
    return row ?? null;
  });
}
