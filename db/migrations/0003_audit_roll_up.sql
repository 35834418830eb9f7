ALTER TABLE "audit_activity" ALTER COLUMN "site_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "audit_activity" ALTER COLUMN "entries" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "audit_actors" ADD COLUMN "gone_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "detailed" boolean GENERATED ALWAYS AS (change is not null or address is not null) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_activity" DROP CONSTRAINT "audit_activity_key";
--> statement-breakpoint
ALTER TABLE "audit_activity" ADD CONSTRAINT "audit_activity_key" PRIMARY KEY("organization_id","actor_id","site_id","starts_at");--> statement-breakpoint
CREATE POLICY "accounts_for_retention" ON "accounts" AS PERMISSIVE FOR SELECT TO "signalbox_ledger" USING (true);--> statement-breakpoint
CREATE POLICY "audit_actors_retention" ON "audit_actors" AS PERMISSIVE FOR ALL TO "signalbox_ledger" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_entries_retention" ON "audit_entries" AS PERMISSIVE FOR ALL TO "signalbox_ledger" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
-- Covering, so that a page for one person or one site reads no rows of others beside it.
DROP INDEX public.audit_entries_actor;
--> statement-breakpoint
CREATE INDEX audit_entries_actor ON public.audit_entries (organization_id, actor_id, occurred_at, id)
INCLUDE (site_id, site_name, message, detailed);
--> statement-breakpoint
DROP INDEX public.audit_entries_site;
--> statement-breakpoint
CREATE INDEX audit_entries_site ON public.audit_entries (organization_id, site_id, occurred_at, id)
INCLUDE (actor_id, site_name, message, detailed);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.ensure_audit_partitions(first_month date, months integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  start_of date;
  partition text;
BEGIN
  FOR step IN 0..months - 1 LOOP
    start_of := (pg_catalog.date_trunc('month', first_month) + pg_catalog.make_interval(months => step))::date;
    partition := 'audit_entries_' || pg_catalog.to_char(start_of, 'YYYY_MM');
    IF pg_catalog.to_regclass('public.' || partition) IS NULL THEN
      -- Vacuumed by what was added, so that index-only reads stay possible on a table that only grows.
      EXECUTE pg_catalog.format(
        'CREATE TABLE public.%I PARTITION OF public.audit_entries FOR VALUES FROM (%L) TO (%L)
         WITH (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 2000)',
        partition, start_of::text || ' 00:00+00', (start_of + pg_catalog.make_interval(months => 1))::date::text || ' 00:00+00');
      EXECUTE pg_catalog.format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
      EXECUTE pg_catalog.format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', partition);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
DROP TRIGGER audit_entries_counted ON public.audit_entries;
--> statement-breakpoint
DROP FUNCTION public.count_audit_entry();
--> statement-breakpoint
DROP FUNCTION public.forget_audit_activity(timestamptz);
--> statement-breakpoint
CREATE FUNCTION public.count_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  every constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  site constant uuid := COALESCE(NEW.site_id, '00000000-0000-0000-0000-000000000000');
BEGIN
  INSERT INTO public.audit_activity AS a (organization_id, actor_id, site_id, starts_at, entries)
  SELECT NEW.organization_id, k.actor, k.site,
    pg_catalog.date_bin('15 minutes', NEW.occurred_at, '2000-01-01 00:00+00'), 1
  FROM (VALUES (every, every), (every, site), (NEW.actor_id, every), (NEW.actor_id, site)) AS k (actor, site)
  ON CONFLICT (organization_id, actor_id, site_id, starts_at) DO UPDATE SET entries = a.entries + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Counts one organization again, or all of them, where entries came in bulk past the trigger.
CREATE FUNCTION public.recount_audit_activity(only_org uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  every constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
BEGIN
  DELETE FROM public.audit_activity WHERE organization_id = only_org OR only_org IS NULL;
  INSERT INTO public.audit_activity (organization_id, actor_id, site_id, starts_at, entries)
  SELECT q.organization_id, COALESCE(q.actor_id, every), COALESCE(q.site_id, every), q.starts_at, pg_catalog.count(*)
  FROM (
    SELECT e.organization_id, e.actor_id, COALESCE(e.site_id, '00000000-0000-0000-0000-000000000000') AS site_id,
      pg_catalog.date_bin('15 minutes', e.occurred_at, '2000-01-01 00:00+00') AS starts_at
    FROM public.audit_entries e WHERE e.organization_id = only_org OR only_org IS NULL
  ) q
  GROUP BY q.organization_id, q.starts_at, CUBE (q.actor_id, q.site_id);
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
-- Entries of a deleted account go thirty days after it, and leave the counts with it.
CREATE FUNCTION public.forget_deleted_accounts() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  every constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  gone record;
  forgotten integer := 0;
BEGIN
  UPDATE public.audit_actors a SET gone_since = pg_catalog.now()
  WHERE a.kind = 'account' AND a.gone_since IS NULL
    AND NOT EXISTS (SELECT 1 FROM public.accounts p WHERE p.id = a.actor_id);
  FOR gone IN
    SELECT a.organization_id, a.actor_id FROM public.audit_actors a
    WHERE a.gone_since < pg_catalog.now() - pg_catalog.make_interval(days => 30)
  LOOP
    DELETE FROM public.audit_entries e WHERE e.organization_id = gone.organization_id AND e.actor_id = gone.actor_id;
    UPDATE public.audit_activity t SET entries = t.entries - own.entries
    FROM public.audit_activity own
    WHERE own.organization_id = gone.organization_id AND own.actor_id = gone.actor_id
      AND t.organization_id = own.organization_id AND t.actor_id = every
      AND t.site_id = own.site_id AND t.starts_at = own.starts_at;
    DELETE FROM public.audit_activity t WHERE t.organization_id = gone.organization_id
      AND (t.actor_id = gone.actor_id OR (t.actor_id = every AND t.entries <= 0));
    DELETE FROM public.audit_actors a WHERE a.organization_id = gone.organization_id AND a.actor_id = gone.actor_id;
    forgotten := forgotten + 1;
  END LOOP;
  RETURN forgotten;
END $$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT, DELETE ON public.audit_entries TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON public.audit_actors TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (id) ON public.accounts TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.count_audit_entry() OWNER TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.recount_audit_activity(uuid) OWNER TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.forget_audit_activity(timestamptz) OWNER TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.forget_deleted_accounts() OWNER TO signalbox_ledger;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_ledger;
--> statement-breakpoint
-- Counted at commit: the row of the whole organization is locked for that moment only.
CREATE CONSTRAINT TRIGGER audit_entries_counted AFTER INSERT ON public.audit_entries
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.count_audit_entry();
--> statement-breakpoint
REVOKE ALL ON FUNCTION
  public.count_audit_entry(),
  public.recount_audit_activity(uuid),
  public.forget_audit_activity(timestamptz),
  public.forget_deleted_accounts()
FROM PUBLIC;
--> statement-breakpoint
SELECT public.recount_audit_activity();
