-- Row security binds the owner too: no role that can serve a request sees every tenant.
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
CREATE TABLE public.audit_entries_default PARTITION OF public.audit_entries DEFAULT;
--> statement-breakpoint
ALTER TABLE public.audit_entries_default ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE public.audit_entries_default FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A partition is closed to everyone by itself: rows are reached through the parent and its policies.
CREATE FUNCTION public.ensure_audit_partitions(first_month date, months integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  start_of date;
  partition text;
BEGIN
  FOR step IN 0..months - 1 LOOP
    start_of := (pg_catalog.date_trunc('month', first_month) + pg_catalog.make_interval(months => step))::date;
    partition := 'audit_entries_' || pg_catalog.to_char(start_of, 'YYYY_MM');
    IF pg_catalog.to_regclass('public.' || partition) IS NULL THEN
      EXECUTE pg_catalog.format(
        'CREATE TABLE public.%I PARTITION OF public.audit_entries FOR VALUES FROM (%L) TO (%L)',
        partition, start_of::text || ' 00:00+00', (start_of + pg_catalog.make_interval(months => 1))::date::text || ' 00:00+00');
      EXECUTE pg_catalog.format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
      EXECUTE pg_catalog.format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', partition);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION public.drop_audit_partitions(older_than date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  found record;
  dropped integer := 0;
BEGIN
  IF older_than > (pg_catalog.now() - pg_catalog.make_interval(days => 60))::date THEN
    RAISE EXCEPTION 'audit entries are kept for at least 60 days';
  END IF;
  FOR found IN
    SELECT c.relname FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.audit_entries'::pg_catalog.regclass AND c.relname ~ '^audit_entries_\d{4}_\d{2}$'
      AND (pg_catalog.to_date(pg_catalog.right(c.relname, 7), 'YYYY_MM') + pg_catalog.make_interval(months => 1))::date <= older_than
  LOOP
    EXECUTE pg_catalog.format('DROP TABLE public.%I', found.relname);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
--> statement-breakpoint
CREATE FUNCTION public.count_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.audit_activity AS a (organization_id, starts_at, actor_id, site_id, entries)
  VALUES (
    NEW.organization_id,
    pg_catalog.date_bin('15 minutes', NEW.occurred_at, '2000-01-01 00:00+00'),
    NEW.actor_id,
    COALESCE(NEW.site_id, '00000000-0000-0000-0000-000000000000'),
    1)
  ON CONFLICT (organization_id, starts_at, actor_id, site_id) DO UPDATE SET entries = a.entries + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION public.forget_audit_activity(older_than timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE forgotten integer;
BEGIN
  IF older_than > pg_catalog.now() - pg_catalog.make_interval(days => 60) THEN
    RAISE EXCEPTION 'audit entries are kept for at least 60 days';
  END IF;
  DELETE FROM public.audit_activity WHERE starts_at < older_than;
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END $$;
--> statement-breakpoint
GRANT signalbox_ledger TO CURRENT_USER;
--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA public TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON public.audit_activity TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.count_audit_entry() OWNER TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.forget_audit_activity(timestamptz) OWNER TO signalbox_ledger;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_ledger;
--> statement-breakpoint
CREATE TRIGGER audit_entries_counted AFTER INSERT ON public.audit_entries
FOR EACH ROW EXECUTE FUNCTION public.count_audit_entry();
--> statement-breakpoint
REVOKE ALL ON FUNCTION
  public.ensure_audit_partitions(date, integer),
  public.drop_audit_partitions(date),
  public.count_audit_entry(),
  public.forget_audit_activity(timestamptz)
FROM PUBLIC;
