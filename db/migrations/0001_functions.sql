-- Row security also applies to the table owner: no role sees the rows of every tenant.
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
  LOOP
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', found.name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Partitions have forced row security without policies: their rows are only accessible through the parent table.
CREATE TABLE public.audit_entries_default PARTITION OF public.audit_entries DEFAULT;
--> statement-breakpoint
ALTER TABLE public.audit_entries_default ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE public.audit_entries_default FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE FUNCTION public.ensure_audit_partitions(first_month date, months integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  month_start date;
  partition text;
BEGIN
  FOR step IN 0..months - 1 LOOP
    month_start := (pg_catalog.date_trunc('month', first_month) + pg_catalog.make_interval(months => step))::date;
    partition := 'audit_entries_' || pg_catalog.to_char(month_start, 'YYYY_MM');
    IF pg_catalog.to_regclass('public.' || partition) IS NULL THEN
      -- Vacuumed after inserts, so that index-only scans stay possible on an append-only table.
      EXECUTE pg_catalog.format(
        'CREATE TABLE public.%I PARTITION OF public.audit_entries FOR VALUES FROM (%L) TO (%L)
         WITH (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 2000)',
        partition, month_start::text || ' 00:00+00', (month_start + pg_catalog.make_interval(months => 1))::date::text || ' 00:00+00');
      EXECUTE pg_catalog.format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
      EXECUTE pg_catalog.format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', partition);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION public.drop_audit_partitions(older_than date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  partition record;
  dropped integer := 0;
BEGIN
  IF older_than > (pg_catalog.now() - pg_catalog.make_interval(days => 60))::date THEN
    RAISE EXCEPTION 'audit entries are kept for at least 60 days';
  END IF;
  FOR partition IN
    SELECT c.relname FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.audit_entries'::pg_catalog.regclass AND c.relname ~ '^audit_entries_\d{4}_\d{2}$'
      AND (pg_catalog.to_date(pg_catalog.right(c.relname, 7), 'YYYY_MM') + pg_catalog.make_interval(months => 1))::date <= older_than
  LOOP
    EXECUTE pg_catalog.format('DROP TABLE public.%I', partition.relname);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
--> statement-breakpoint
CREATE FUNCTION public.count_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  all_id constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  site constant uuid := COALESCE(NEW.site_id, '00000000-0000-0000-0000-000000000000');
BEGIN
  INSERT INTO public.audit_entry_counts AS c (organization_id, actor_id, site_id, starts_at, entries)
  SELECT NEW.organization_id, k.actor, k.site,
    pg_catalog.date_bin('15 minutes', NEW.occurred_at, '2000-01-01 00:00+00'), 1
  FROM (VALUES (all_id, all_id), (all_id, site), (NEW.actor_id, all_id), (NEW.actor_id, site)) AS k (actor, site)
  ON CONFLICT (organization_id, actor_id, site_id, starts_at) DO UPDATE SET entries = c.entries + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Recounts one organization or all of them after a bulk load that bypassed the trigger.
CREATE FUNCTION public.recount_audit_entries(only_org uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  all_id constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
BEGIN
  DELETE FROM public.audit_entry_counts WHERE organization_id = only_org OR only_org IS NULL;
  INSERT INTO public.audit_entry_counts (organization_id, actor_id, site_id, starts_at, entries)
  SELECT q.organization_id, COALESCE(q.actor_id, all_id), COALESCE(q.site_id, all_id), q.starts_at, pg_catalog.count(*)
  FROM (
    SELECT e.organization_id, e.actor_id, COALESCE(e.site_id, '00000000-0000-0000-0000-000000000000') AS site_id,
      pg_catalog.date_bin('15 minutes', e.occurred_at, '2000-01-01 00:00+00') AS starts_at
    FROM public.audit_entries e WHERE e.organization_id = only_org OR only_org IS NULL
  ) q
  GROUP BY q.organization_id, q.starts_at, CUBE (q.actor_id, q.site_id);
END $$;
--> statement-breakpoint
CREATE FUNCTION public.purge_audit_entry_counts(older_than timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE purged integer;
BEGIN
  IF older_than > pg_catalog.now() - pg_catalog.make_interval(days => 60) THEN
    RAISE EXCEPTION 'audit entries are kept for at least 60 days';
  END IF;
  DELETE FROM public.audit_entry_counts WHERE starts_at < older_than;
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END $$;
--> statement-breakpoint
-- Deletes the audit entries of an account 30 days after the account, and subtracts them from the counts.
-- An accepted invitation acts under the id of its membership until its account exists, so memberships count as existing.
CREATE FUNCTION public.purge_deleted_accounts() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  all_id constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  deleted record;
  purged integer := 0;
BEGIN
  UPDATE public.audit_actors a SET deleted_at = CASE WHEN known.is_present THEN NULL ELSE pg_catalog.now() END
  FROM (
    SELECT b.organization_id, b.actor_id,
      EXISTS (SELECT 1 FROM public.accounts p WHERE p.id = b.actor_id)
        OR EXISTS (SELECT 1 FROM public.memberships m WHERE m.organization_id = b.organization_id AND m.id = b.actor_id) AS is_present
    FROM public.audit_actors b WHERE b.kind = 'account'
  ) known
  WHERE a.organization_id = known.organization_id AND a.actor_id = known.actor_id
    AND known.is_present = (a.deleted_at IS NOT NULL);
  FOR deleted IN
    SELECT a.organization_id, a.actor_id FROM public.audit_actors a
    WHERE a.kind = 'account' AND a.deleted_at < pg_catalog.now() - pg_catalog.make_interval(days => 30)
      AND NOT EXISTS (SELECT 1 FROM public.accounts p WHERE p.id = a.actor_id)
  LOOP
    DELETE FROM public.audit_entries e WHERE e.organization_id = deleted.organization_id AND e.actor_id = deleted.actor_id;
    UPDATE public.audit_entry_counts t SET entries = t.entries - own.entries
    FROM public.audit_entry_counts own
    WHERE own.organization_id = deleted.organization_id AND own.actor_id = deleted.actor_id
      AND t.organization_id = own.organization_id AND t.actor_id = all_id
      AND t.site_id = own.site_id AND t.starts_at = own.starts_at;
    DELETE FROM public.audit_entry_counts t WHERE t.organization_id = deleted.organization_id
      AND (t.actor_id = deleted.actor_id OR (t.actor_id = all_id AND t.entries <= 0));
    DELETE FROM public.audit_actors a WHERE a.organization_id = deleted.organization_id AND a.actor_id = deleted.actor_id;
    purged := purged + 1;
  END LOOP;
  RETURN purged;
END $$;
--> statement-breakpoint
-- Accounts whose password expires within 30 days, by the shortest period that applies to them; null means no period.
CREATE FUNCTION public.accounts_with_old_passwords(after uuid, max_rows integer, customer_days integer, partner_days integer, public_days integer)
RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.id FROM public.accounts a
  LEFT JOIN LATERAL (
    SELECT pg_catalog.min(o.password_expiry_days) AS days, pg_catalog.bool_or(o.partner_enabled_at IS NOT NULL) AS partner
    FROM public.memberships m JOIN public.organizations o ON o.id = m.organization_id WHERE m.account_id = a.id
  ) orgs ON true
  WHERE a.id > after AND a.suspended_at IS NULL
    AND a.password_changed_at <= pg_catalog.now() + pg_catalog.make_interval(days => 30) - pg_catalog.make_interval(days =>
      LEAST(orgs.days, CASE WHEN orgs.partner OR a.user_group = 'partner' THEN partner_days
        WHEN a.user_group = 'public' THEN public_days ELSE customer_days END))
  ORDER BY a.id LIMIT max_rows;
$$;
--> statement-breakpoint
-- Organizations in which the account of the transaction is the only Super User who is not suspended.
CREATE FUNCTION public.orgs_with_sole_super_user() RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.id, o.name FROM public.memberships own JOIN public.organizations o ON o.id = own.organization_id
  WHERE own.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid AND own.role = 'super_user'
    AND NOT EXISTS (
      SELECT 1 FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
      WHERE m.organization_id = own.organization_id AND m.role = 'super_user' AND a.id <> own.account_id AND a.suspended_at IS NULL)
  ORDER BY o.name, o.id;
$$;
--> statement-breakpoint
-- Locks the organizations of the account of the transaction, so that their administrators do not change until it ends,
-- and voids the invitations that the account sent. The account row must be locked before, so that no membership is added.
CREATE FUNCTION public.lock_orgs_for_account_deletion() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE self constant uuid := nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid;
BEGIN
  PERFORM 1 FROM public.organizations o
  WHERE o.id IN (SELECT m.organization_id FROM public.memberships m WHERE m.account_id = self)
  ORDER BY o.id FOR NO KEY UPDATE OF o;
  UPDATE public.email_tokens t SET voided_at = pg_catalog.now()
  WHERE t.consumed_at IS NULL AND t.voided_at IS NULL
    AND t.membership_id IN (SELECT m.id FROM public.memberships m WHERE m.invited_by = self AND m.account_id IS NULL);
END $$;
--> statement-breakpoint
-- Creates an organization with the account of the transaction as its Super User, and one site in it.
CREATE FUNCTION public.create_organization(org uuid, org_name text, membership uuid, site uuid, site_name text, site_country text, site_time_zone text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE self constant uuid := nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid;
BEGIN
  INSERT INTO public.organizations (id, name) VALUES (org, org_name);
  INSERT INTO public.memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
  SELECT membership, org, a.id, a.email, a.first_name, a.last_name, 'super_user', 'all', pg_catalog.now() FROM public.accounts a WHERE a.id = self;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an organization is created by an account';
  END IF;
  INSERT INTO public.sites (id, organization_id, name, country, time_zone) VALUES (site, org, site_name, site_country, site_time_zone);
END $$;
--> statement-breakpoint
-- Accounts whose TOTP secret is not encrypted with the key that has this prefix.
CREATE FUNCTION public.totp_credentials_with_old_key(key_prefix bytea, max_rows integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT t.account_id FROM public.totp_credentials t
  WHERE pg_catalog.substr(t.encrypted_secret, 1, pg_catalog.length(key_prefix)) <> key_prefix ORDER BY t.account_id LIMIT max_rows;
$$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON public.audit_entry_counts TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT, DELETE ON public.audit_entries TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON public.audit_actors TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (id, email, first_name, last_name, user_group, password_changed_at, suspended_at) ON public.accounts TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (id, organization_id, account_id, role, invited_by),
  INSERT (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at) ON public.memberships TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (id, name, password_expiry_days, partner_enabled_at), INSERT (id, name), UPDATE (updated_at) ON public.organizations TO signalbox_definer;
--> statement-breakpoint
GRANT INSERT (id, organization_id, name, country, time_zone) ON public.sites TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (membership_id, consumed_at, voided_at), UPDATE (voided_at) ON public.email_tokens TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (account_id, encrypted_secret) ON public.totp_credentials TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.count_audit_entry() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.recount_audit_entries(uuid) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.purge_audit_entry_counts(timestamptz) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.purge_deleted_accounts() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.accounts_with_old_passwords(uuid, integer, integer, integer, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.orgs_with_sole_super_user() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.lock_orgs_for_account_deletion() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.create_organization(uuid, text, uuid, uuid, text, text, text) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.totp_credentials_with_old_key(bytea, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION
  public.ensure_audit_partitions(date, integer),
  public.drop_audit_partitions(date),
  public.count_audit_entry(),
  public.recount_audit_entries(uuid),
  public.purge_audit_entry_counts(timestamptz),
  public.purge_deleted_accounts(),
  public.accounts_with_old_passwords(uuid, integer, integer, integer, integer),
  public.orgs_with_sole_super_user(),
  public.lock_orgs_for_account_deletion(),
  public.create_organization(uuid, text, uuid, uuid, text, text, text),
  public.totp_credentials_with_old_key(bytea, integer)
FROM PUBLIC;
--> statement-breakpoint
-- Deferred to commit, so that the total row of the organization is locked only briefly.
CREATE CONSTRAINT TRIGGER audit_entries_count AFTER INSERT ON public.audit_entries
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.count_audit_entry();
