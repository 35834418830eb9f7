ALTER TABLE "account_events" ADD CONSTRAINT "account_events_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "links_of_departed" ON "links" AS PERMISSIVE FOR ALL TO "signalbox_ledger" USING (membership_id is not null);--> statement-breakpoint
CREATE POLICY "two_factors_to_seal_anew" ON "two_factors" AS PERMISSIVE FOR SELECT TO "signalbox_ledger" USING (true);--> statement-breakpoint
CREATE POLICY "notification_choices_of_account" ON "notification_choices" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (exists (select 1 from memberships m where m.id = notification_choices.membership_id));--> statement-breakpoint
CREATE POLICY "organizations_held_still" ON "organizations" AS PERMISSIVE FOR UPDATE TO "signalbox_ledger" USING (true) WITH CHECK (false);--> statement-breakpoint
-- Whoever asks, by the account of the transaction: organizations in which no other Super User could act.
CREATE FUNCTION public.organizations_led_alone() RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.id, o.name FROM public.memberships own JOIN public.organizations o ON o.id = own.organization_id
  WHERE own.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid AND own.role = 'super_user'
    AND NOT EXISTS (
      SELECT 1 FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
      WHERE m.organization_id = own.organization_id AND m.role = 'super_user' AND a.id <> own.account_id AND a.suspended_at IS NULL)
  ORDER BY o.name, o.id;
$$;
--> statement-breakpoint
-- Until the transaction ends nobody else changes the administrators of the organizations of its account, which has
-- locked its own row before, so that none is added; what it invited and nobody took up is void.
CREATE FUNCTION public.begin_departure() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE self constant uuid := nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid;
BEGIN
  PERFORM 1 FROM public.organizations o
  WHERE o.id IN (SELECT m.organization_id FROM public.memberships m WHERE m.account_id = self)
  ORDER BY o.id FOR NO KEY UPDATE OF o;
  UPDATE public.links l SET voided_at = pg_catalog.now()
  WHERE l.consumed_at IS NULL AND l.voided_at IS NULL
    AND l.membership_id IN (SELECT m.id FROM public.memberships m WHERE m.invited_by = self AND m.account_id IS NULL);
END $$;
--> statement-breakpoint
-- Accounts whose two-factor secret was sealed by another key than the one that begins so.
CREATE FUNCTION public.two_factors_sealed_otherwise(head bytea, most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT f.account_id FROM public.two_factors f
  WHERE pg_catalog.substr(f.sealed_secret, 1, pg_catalog.length(head)) <> head ORDER BY f.account_id LIMIT most;
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (id, name), UPDATE (updated_at) ON public.organizations TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (role, invited_by) ON public.memberships TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (membership_id, consumed_at, voided_at), UPDATE (voided_at) ON public.links TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (account_id, sealed_secret) ON public.two_factors TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.organizations_led_alone() OWNER TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.begin_departure() OWNER TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.two_factors_sealed_otherwise(bytea, integer) OWNER TO signalbox_ledger;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_ledger;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.organizations_led_alone() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.begin_departure() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.two_factors_sealed_otherwise(bytea, integer) FROM PUBLIC;
