import "server-only";
import { and, desc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { accountEvents, sessions, type UserGroup } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { env } from "@/lib/env";
import { type SessionMembership, isUsableAnywhere, maxFailedCount, type SessionAge } from "@/lib/sessions/rules";
import type { AuthMethod } from "@/lib/shared/login-flow";
import type { EventName } from "@/lib/shared/events";
import type { MacFormat } from "@/lib/shared/mac-address";
import type { UnmetPasswordRules } from "@/lib/shared/password-rules";

/** Identifies a session by the content of its cookie, with the secret hashed. */
export type SessionLookup = { accountId: string; sessionId: string; secretHash: Buffer };

export type SessionAccount = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  timeZone: string | null;
  hourCycle: "12" | "24";
  macFormat: MacFormat;
  lastOrganizationId: string | null;
  analyticsAllowed: "yes" | "no" | null;
  userGroup: UserGroup;
  twoFactor: boolean;
  /** Days since the last password change, as a fraction. */
  passwordAgeDays: number | null;
};

export type AuthSession = {
  sessionId: string;
  methods: AuthMethod[];
  /** The rules that the password did not meet when it was typed to sign in. */
  unmetPasswordRules: UnmetPasswordRules | null;
  account: SessionAccount;
  age: SessionAge;
  loginTermsAccepted: boolean;
  /** The administrator as whom the session sees one organization. */
  viewAs: { orgId: string; administratorId: string } | null;
  memberships: SessionMembership[];
};

/** Reads the session with its account and memberships; null when it does not exist or was ended. */
export function getAuthSession({ accountId, sessionId, secretHash }: SessionLookup): Promise<AuthSession | null> {
  return withAuthScope({ accountId }, async (tx) => {
    const [row] = await tx.execute<AuthSession>(sql`
      select s.id as "sessionId", s.methods, s.unmet_password_rules as "unmetPasswordRules", s.login_terms_accepted_at is not null as "loginTermsAccepted",
        case when s.view_as_org_id is not null and s.view_as_membership_id is not null
          then json_build_object('orgId', s.view_as_org_id, 'administratorId', s.view_as_membership_id) end as "viewAs",
        json_build_object('id', a.id, 'email', a.email, 'firstName', a.first_name, 'lastName', a.last_name,
          'timeZone', a.time_zone, 'hourCycle', a.hour_cycle, 'macFormat', a.mac_format,
          'lastOrganizationId', a.last_organization_id, 'analyticsAllowed', a.analytics_allowed,
          'userGroup', a.user_group, 'twoFactor', a.two_factor_enabled_at is not null,
          'passwordAgeDays', extract(epoch from now() - a.password_changed_at) / 86400) as account,
        json_build_object('sinceSignIn', extract(epoch from now() - s.auth_time),
          'sinceUse', extract(epoch from now() - s.last_seen_at),
          'sinceReauthentication', extract(epoch from now() - s.reauthenticated_at)) as age,
        coalesce((
          select json_agg(json_build_object('id', m.id, 'orgId', o.id, 'orgName', o.name, 'role', m.role,
            'scope', m.scope, 'sessionMinutes', o.session_minutes, 'idleMinutes', o.idle_minutes,
            'sessionsRevoked', coalesce(m.sessions_ended_at >= s.auth_time, false) or coalesce(o.sessions_ended_at > s.auth_time, false),
            'idleSessionEnded', coalesce(o.idle_sessions_ended_at > s.last_seen_at, false), 'twoFactorRequired', o.two_factor_required,
            'passwordExpiryDays', o.password_expiry_days, 'passwordMinLength', o.password_min_length,
            'passwordNeedsSpecial', o.password_needs_special, 'partner', o.partner_enabled_at is not null,
            'sites', coalesce((
              select json_agg(distinct coalesce(ms.site_id, g.site_id))
              from membership_scopes ms left join site_group_members g on g.group_id = ms.group_id
              where ms.membership_id = m.id and coalesce(ms.site_id, g.site_id) is not null), '[]'))
            order by ${naturalOrder(sql`o.name`)}, o.id)
          from memberships m join organizations o on o.id = m.organization_id), '[]') as memberships
      from sessions s join accounts a on a.id = s.account_id
      where s.id = ${sessionId} and s.secret_hash = ${secretHash} and s.revoked_at is null and a.suspended_at is null`);
    return row ?? null;
  }, "read only");
}

const maxSessions = 50;
const maxEvents = 20;

/** The session limits for organizations that set none. */
export const defaultSessionPolicy = () => ({ sessionMinutes: env().SESSION_HOURS * 60, idleMinutes: env().IDLE_MINUTES });

type SessionContext = Pick<AuthSession, "sessionId" | "account" | "memberships">;

const sessionColumns = {
  id: sessions.id,
  methods: sessions.methods,
  ipAddress: sessions.ipAddress,
  userAgent: sessions.userAgent,
  signedInAt: sessions.authTime,
  lastUsedAt: sessions.lastSeenAt,
  sinceSignIn: sql<number>`extract(epoch from now() - ${sessions.authTime})::float`,
  sinceUse: sql<number>`extract(epoch from now() - ${sessions.lastSeenAt})::float`,
  endedIn: sql<string[]>`array(select m.organization_id::text from memberships m join organizations o on o.id = m.organization_id
    where m.sessions_ended_at >= ${sessions.authTime} or o.sessions_ended_at > ${sessions.authTime}
      or exists (select from organizations i where i.idle_sessions_ended_at > sessions.last_seen_at))`,
};

/** The account's usable sessions, most recently used first; the current one is marked. */
export const listOwnSessions = (session: SessionContext) => withAuthScope({ accountId: session.account.id }, (tx) => listUsableSessions(tx, session), "read only");

async function listUsableSessions(tx: Tx, { sessionId, account, memberships }: SessionContext) {
  const rows = await tx
    .select(sessionColumns)
    .from(sessions)
    .where(and(eq(sessions.accountId, account.id), isNull(sessions.revokedAt)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(maxSessions);
  return rows
    .map(({ endedIn, ...row }) => ({ ...row, isThis: row.id === sessionId, live: isUsableAnywhere(row, endedIn, memberships, defaultSessionPolicy()) }))
    .filter(({ isThis, live }) => isThis || live);
}

export type OwnSession = Awaited<ReturnType<typeof listOwnSessions>>[number];

const sourceColumns = { ipAddress: accountEvents.ipAddress, userAgent: accountEvents.userAgent, at: accountEvents.occurredAt };

const eventColumns = {
  id: accountEvents.id,
  name: accountEvents.name,
  note: sql<string>`coalesce(${accountEvents.detail} ->> 'note', '')`,
  ...sourceColumns,
};

const failureEvents: EventName[] = ["session.refused", "two_factor.refused"];

/** The account's sessions, its failed attempts since the previous sign-in (at most 100), and its latest events. */
export function getAccountActivity(session: SessionContext) {
  const own = eq(accountEvents.accountId, session.account.id);
  return withAuthScope({ accountId: session.account.id }, async (tx) => {
    const [previous] = await tx
      .select({ at: sql<string>`${accountEvents.occurredAt}::text`, since: accountEvents.occurredAt })
      .from(accountEvents)
      .where(and(own, eq(accountEvents.name, "session.started"), lt(accountEvents.occurredAt, sessionAuthTime(session.sessionId))))
      .orderBy(desc(accountEvents.occurredAt))
      .limit(1);
    const since = previous && gt(accountEvents.occurredAt, sql`${previous.at}::timestamptz`);
    const failures = tx
      .select(sourceColumns)
      .from(accountEvents)
      .where(and(own, inArray(accountEvents.name, failureEvents), since))
      .orderBy(desc(accountEvents.occurredAt))
      .limit(maxFailedCount + 1)
      .as("failures");
    const [failed] = await tx
      .select({ ipAddress: failures.ipAddress, userAgent: failures.userAgent, at: failures.at, count: sql<number>`count(*) over ()::int` })
      .from(failures)
      .orderBy(desc(failures.at))
      .limit(1);
    const events = await tx.select(eventColumns).from(accountEvents).where(own).orderBy(desc(accountEvents.occurredAt), desc(accountEvents.id)).limit(maxEvents);
    return { sessions: await listUsableSessions(tx, session), failed: failed && { ...failed, since: previous?.since ?? null }, events };
  }, "read only");
}

const sessionAuthTime = (sessionId: string) => sql`(select auth_time from sessions where id = ${sessionId})`;
