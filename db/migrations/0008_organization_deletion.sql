CREATE POLICY "organizations_definer_delete" ON "organizations" AS PERMISSIVE FOR DELETE TO "signalbox_definer" USING (true);--> statement-breakpoint
CREATE POLICY "sites_definer_read" ON "sites" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
DROP FUNCTION public.orgs_with_sole_super_user();
--> statement-breakpoint
-- Organizations whose only active Super User is the account of the transaction, and what else is in them.
CREATE FUNCTION public.orgs_with_sole_super_user() RETURNS TABLE (id uuid, name text, members integer, invitations integer, sites integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.id, o.name,
    (SELECT pg_catalog.count(*)::integer FROM public.memberships m WHERE m.organization_id = o.id AND m.account_id <> own.account_id),
    (SELECT pg_catalog.count(*)::integer FROM public.memberships m WHERE m.organization_id = o.id AND m.account_id IS NULL),
    (SELECT pg_catalog.count(*)::integer FROM public.sites s WHERE s.organization_id = o.id)
  FROM public.memberships own JOIN public.organizations o ON o.id = own.organization_id
  WHERE own.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid AND own.role = 'super_user'
    AND NOT EXISTS (
      SELECT 1 FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
      WHERE m.organization_id = own.organization_id AND m.role = 'super_user' AND a.id <> own.account_id AND a.suspended_at IS NULL)
  ORDER BY o.name, o.id;
$$;
--> statement-breakpoint
-- Locks organizations of which the account of the transaction is Super User, so that nothing is added to them until it ends.
CREATE FUNCTION public.lock_orgs_for_deletion(orgs uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM 1 FROM public.organizations o
  WHERE o.id = ANY (orgs) AND EXISTS (
    SELECT 1 FROM public.memberships m WHERE m.organization_id = o.id AND m.role = 'super_user'
      AND m.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid)
  ORDER BY o.id FOR UPDATE OF o;
END $$;
--> statement-breakpoint
-- Deletes an organization of which the account of the transaction is Super User, with everything in it.
CREATE FUNCTION public.delete_organization(org uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM 1 FROM public.memberships m WHERE m.organization_id = org AND m.role = 'super_user'
    AND m.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an organization is deleted by one of its Super Users';
  END IF;
  DELETE FROM public.email_tokens t WHERE t.membership_id IN (SELECT m.id FROM public.memberships m WHERE m.organization_id = org);
  DELETE FROM public.audit_entry_counts c WHERE c.organization_id = org;
  DELETE FROM public.organizations o WHERE o.id = org;
END $$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT DELETE ON public.organizations, public.email_tokens TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (id, organization_id) ON public.sites TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.orgs_with_sole_super_user() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.lock_orgs_for_deletion(uuid[]) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.delete_organization(uuid) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.orgs_with_sole_super_user(), public.lock_orgs_for_deletion(uuid[]), public.delete_organization(uuid) FROM PUBLIC;
