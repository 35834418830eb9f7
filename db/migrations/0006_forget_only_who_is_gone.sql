CREATE POLICY "memberships_for_retention" ON "memberships" AS PERMISSIVE FOR SELECT TO "signalbox_ledger" USING (organization_id is not null);--> statement-breakpoint
GRANT SELECT (id, organization_id) ON public.memberships TO signalbox_ledger;
--> statement-breakpoint
-- Whoever accepted an invitation acts under its id before an account has that id, and is not gone meanwhile.
CREATE OR REPLACE FUNCTION public.forget_deleted_accounts() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  every constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  gone record;
  forgotten integer := 0;
BEGIN
  UPDATE public.audit_actors a SET gone_since = CASE WHEN known.here THEN NULL ELSE pg_catalog.now() END
  FROM (
    SELECT b.organization_id, b.actor_id,
      EXISTS (SELECT 1 FROM public.accounts p WHERE p.id = b.actor_id)
        OR EXISTS (SELECT 1 FROM public.memberships m WHERE m.organization_id = b.organization_id AND m.id = b.actor_id) AS here
    FROM public.audit_actors b WHERE b.kind = 'account'
  ) known
  WHERE a.organization_id = known.organization_id AND a.actor_id = known.actor_id
    AND known.here = (a.gone_since IS NOT NULL);
  FOR gone IN
    SELECT a.organization_id, a.actor_id FROM public.audit_actors a
    WHERE a.kind = 'account' AND a.gone_since < pg_catalog.now() - pg_catalog.make_interval(days => 30)
      AND NOT EXISTS (SELECT 1 FROM public.accounts p WHERE p.id = a.actor_id)
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
