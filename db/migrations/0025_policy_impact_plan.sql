DROP FUNCTION public.members_touched_by_policy(jsonb, jsonb, uuid);
--> statement-breakpoint
-- Planned for the organization at hand, and without IS NOT FALSE, which the planner takes for almost never true: it
-- expected one member and compared each of them with every other.
-- Whom a stricter policy of the organization of the transaction touches, and how: what another organization of a member or
-- the present policy demands already is left out. `next` is the policy that would hold; `defaults` are the limits where an
-- organization sets none, and the days that a password is valid by user group.
CREATE FUNCTION public.members_touched_by_policy(next jsonb, defaults jsonb, own_session uuid)
RETURNS TABLE (account_id uuid, is_super_user boolean, must_set_up_two_factor boolean, password_is_checked boolean, password_expired boolean,
  ended_sessions integer, own_session_ends boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  org constant uuid := nullif(pg_catalog.current_setting('app.org_id', true), '')::uuid;
  default_session constant integer := (defaults->>'sessionMinutes')::integer;
  default_idle constant integer := (defaults->>'idleMinutes')::integer;
  next_session constant integer := COALESCE((next->>'sessionMinutes')::integer, default_session);
  next_idle constant integer := nullif(COALESCE((next->>'idleMinutes')::integer, default_idle), 0);
  next_length constant integer := COALESCE((next->>'minLength')::integer, 0);
  next_special constant boolean := (next->>'needsSpecial')::boolean;
  next_expiry constant integer := (next->>'expiryDays')::integer;
  next_two_factor constant boolean := (next->>'twoFactorRequired')::boolean;
  present record;
BEGIN
  SELECT COALESCE(o.session_minutes, default_session) AS session_minutes, nullif(COALESCE(o.idle_minutes, default_idle), 0) AS idle_minutes,
    COALESCE(o.password_min_length, 0) AS min_length, o.password_needs_special AS needs_special, o.password_expiry_days AS expiry_days,
    o.two_factor_required, o.partner_enabled_at IS NOT NULL AS partner, o.sessions_ended_at, o.idle_sessions_ended_at
  INTO STRICT present FROM public.organizations o WHERE o.id = org;
  RETURN QUERY
  WITH member AS (
    SELECT m.account_id AS id, m.role, m.sessions_ended_at, a.two_factor_enabled_at, a.password_changed_at, a.user_group
    FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
    WHERE m.organization_id = org AND a.suspended_at IS NULL AND (m.access_ends_at IS NULL OR m.access_ends_at > pg_catalog.now())
  ), elsewhere AS (
    SELECT m.account_id AS id, pg_catalog.bool_or(o.two_factor_required) AS two_factor_required, pg_catalog.max(o.password_min_length) AS min_length,
      pg_catalog.bool_or(o.password_needs_special) AS needs_special, pg_catalog.min(o.password_expiry_days) AS expiry_days,
      pg_catalog.bool_or(o.partner_enabled_at IS NOT NULL) AS partner,
      pg_catalog.min(nullif(COALESCE(o.idle_minutes, default_idle), 0)) AS idle_minutes, pg_catalog.max(o.idle_sessions_ended_at) AS idle_sessions_ended_at
    FROM public.memberships m JOIN public.organizations o ON o.id = m.organization_id
    WHERE m.organization_id <> org AND (m.access_ends_at IS NULL OR m.access_ends_at > pg_catalog.now()) AND m.account_id IN (SELECT member.id FROM member)
    GROUP BY m.account_id
  ), ending AS (
    SELECT s.account_id AS id, pg_catalog.count(*)::integer AS sessions, pg_catalog.bool_or(s.id = own_session) AS own
    FROM member m JOIN public.sessions s ON s.account_id = m.id LEFT JOIN elsewhere e ON e.id = m.id
    WHERE (next_session < present.session_minutes OR next_idle < COALESCE(present.idle_minutes, 2147483647))
      AND s.revoked_at IS NULL AND (m.sessions_ended_at IS NULL OR m.sessions_ended_at < s.auth_time)
      AND s.auth_time >= COALESCE(present.sessions_ended_at, '-infinity')
      AND s.last_seen_at >= COALESCE(GREATEST(present.idle_sessions_ended_at, e.idle_sessions_ended_at), '-infinity')
      AND pg_catalog.now() - s.auth_time <= pg_catalog.make_interval(mins => present.session_minutes)
      AND (COALESCE(present.idle_minutes, e.idle_minutes) IS NULL OR pg_catalog.now() - s.last_seen_at <= pg_catalog.make_interval(mins => LEAST(present.idle_minutes, e.idle_minutes)))
      AND (pg_catalog.now() - s.auth_time > pg_catalog.make_interval(mins => next_session)
        OR pg_catalog.now() - s.last_seen_at > pg_catalog.make_interval(mins => LEAST(next_idle, e.idle_minutes)))
    GROUP BY s.account_id
  ), touched AS (
    SELECT m.id, m.role = 'super_user' AS is_super_user,
      next_two_factor AND NOT present.two_factor_required AND m.two_factor_enabled_at IS NULL AND e.two_factor_required IS NOT TRUE AS two_factor,
      m.password_changed_at IS NOT NULL AND (
        next_length > GREATEST(present.min_length, e.min_length, 8)
        OR (next_special AND NOT present.needs_special AND e.needs_special IS NOT TRUE)) AS checked,
      m.password_changed_at <= pg_catalog.now() - pg_catalog.make_interval(days => LEAST(next_expiry, e.expiry_days, own.days))
        AND (m.password_changed_at <= pg_catalog.now() - pg_catalog.make_interval(days => LEAST(present.expiry_days, e.expiry_days, own.days))) IS NOT TRUE AS expired,
      COALESCE(ending.sessions, 0) AS sessions, COALESCE(ending.own, false) AS own_ends
    FROM member m LEFT JOIN elsewhere e ON e.id = m.id LEFT JOIN ending ON ending.id = m.id
    CROSS JOIN LATERAL (SELECT (CASE WHEN present.partner OR e.partner OR m.user_group = 'partner' THEN defaults->>'partner'
      WHEN m.user_group = 'public' THEN defaults->>'public' ELSE defaults->>'customer' END)::integer AS days) own
  )
  SELECT t.id, t.is_super_user, t.two_factor, t.checked, t.expired IS TRUE, t.sessions, t.own_ends
  FROM touched t WHERE t.two_factor OR t.checked OR t.expired OR t.sessions > 0;
END $$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.members_touched_by_policy(jsonb, jsonb, uuid) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.members_touched_by_policy(jsonb, jsonb, uuid) FROM PUBLIC;
