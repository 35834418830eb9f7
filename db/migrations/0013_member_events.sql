CREATE POLICY "account_events_definer_insert" ON "account_events" AS PERMISSIVE FOR INSERT TO "signalbox_definer" WITH CHECK (exists (select 1 from memberships m where m.account_id = account_events.account_id and m.organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)));--> statement-breakpoint
-- Records an event in the account history of every member of the organization of the transaction; only the account that caused it sees from where.
CREATE FUNCTION public.record_member_events(event text, event_note text, from_address inet, from_agent text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO public.account_events (id, account_id, name, detail, ip_address, user_agent)
  SELECT pg_catalog.gen_random_uuid(), m.account_id, event, pg_catalog.jsonb_build_object('note', event_note),
    CASE WHEN m.account_id = own.id THEN from_address END, CASE WHEN m.account_id = own.id THEN from_agent END
  FROM public.memberships m, (SELECT nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid AS id) own
  WHERE m.organization_id = nullif(pg_catalog.current_setting('app.org_id', true), '')::uuid AND m.account_id IS NOT NULL;
$$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT INSERT (id, account_id, name, detail, ip_address, user_agent) ON public.account_events TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.record_member_events(text, text, inet, text) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.record_member_events(text, text, inet, text) FROM PUBLIC;
--> statement-breakpoint
-- The links of an invitation that was declined or cancelled refer to no membership any more.
CREATE OR REPLACE FUNCTION public.delete_organization(org uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM 1 FROM public.memberships m WHERE m.organization_id = org AND m.role = 'super_user'
    AND m.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an organization is deleted by one of its Super Users';
  END IF;
  DELETE FROM public.email_tokens t
  WHERE t.invited_org_id = org OR t.membership_id IN (SELECT m.id FROM public.memberships m WHERE m.organization_id = org);
  DELETE FROM public.audit_entry_counts c WHERE c.organization_id = org;
  DELETE FROM public.organizations o WHERE o.id = org;
END $$;
--> statement-breakpoint
GRANT SELECT (invited_org_id) ON public.email_tokens TO signalbox_definer;
