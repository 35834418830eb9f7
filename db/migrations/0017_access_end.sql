CREATE TABLE "access_end_reminders" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"access_ends_at" timestamp with time zone NOT NULL,
	"days_before" integer NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "access_end_reminders_key" PRIMARY KEY("organization_id","membership_id","access_ends_at","days_before")
);
--> statement-breakpoint
ALTER TABLE "access_end_reminders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "access_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "access_end_reminders" ADD CONSTRAINT "access_end_reminders_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_end_reminders" ADD CONSTRAINT "access_end_reminders_membership_same_org" FOREIGN KEY ("organization_id","membership_id") REFERENCES "public"."memberships"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memberships_access_end" ON "memberships" USING btree ("access_ends_at") WHERE access_ends_at is not null;--> statement-breakpoint
CREATE POLICY "access_end_reminders_own_org" ON "access_end_reminders" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "memberships_account_read" ON "memberships" TO signalbox_auth USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid) and (access_ends_at is null or access_ends_at > (select now())));--> statement-breakpoint
ALTER POLICY "memberships_account_update" ON "memberships" TO signalbox_auth USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid) and (access_ends_at is null or access_ends_at > (select now()))) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid) and (access_ends_at is null or access_ends_at > (select now())));--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
-- Organizations in which the access of a member has ended, or ends within so many days.
CREATE FUNCTION public.orgs_with_ending_access(after uuid, max_rows integer, days integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT DISTINCT m.organization_id FROM public.memberships m
  WHERE m.account_id IS NOT NULL AND m.organization_id > after
    AND m.access_ends_at <= pg_catalog.now() + pg_catalog.make_interval(days => days)
  ORDER BY m.organization_id LIMIT max_rows;
$$;
--> statement-breakpoint
-- Organizations in which no other active Super User without an end date is left besides the account of the transaction.
CREATE OR REPLACE FUNCTION public.orgs_with_sole_super_user() RETURNS TABLE (id uuid, name text, members integer, invitations integer, sites integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.id, o.name,
    (SELECT pg_catalog.count(*)::integer FROM public.memberships m WHERE m.organization_id = o.id AND m.account_id <> own.account_id),
    (SELECT pg_catalog.count(*)::integer FROM public.memberships m WHERE m.organization_id = o.id AND m.account_id IS NULL),
    (SELECT pg_catalog.count(*)::integer FROM public.sites s WHERE s.organization_id = o.id)
  FROM public.memberships own JOIN public.organizations o ON o.id = own.organization_id
  WHERE own.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid AND own.role = 'super_user'
    AND (own.access_ends_at IS NULL OR own.access_ends_at > pg_catalog.now())
    AND NOT EXISTS (
      SELECT 1 FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
      WHERE m.organization_id = own.organization_id AND m.role = 'super_user' AND m.access_ends_at IS NULL
        AND a.id <> own.account_id AND a.suspended_at IS NULL)
  ORDER BY o.name, o.id;
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.lock_orgs_for_deletion(orgs uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM 1 FROM public.organizations o
  WHERE o.id = ANY (orgs) AND EXISTS (
    SELECT 1 FROM public.memberships m WHERE m.organization_id = o.id AND m.role = 'super_user'
      AND m.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid
      AND (m.access_ends_at IS NULL OR m.access_ends_at > pg_catalog.now()))
  ORDER BY o.id FOR UPDATE OF o;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.delete_organization(org uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM 1 FROM public.memberships m WHERE m.organization_id = org AND m.role = 'super_user'
    AND m.account_id = nullif(pg_catalog.current_setting('app.account_id', true), '')::uuid
    AND (m.access_ends_at IS NULL OR m.access_ends_at > pg_catalog.now());
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an organization is deleted by one of its Super Users';
  END IF;
  DELETE FROM public.email_tokens t
  WHERE t.invited_org_id = org OR t.membership_id IN (SELECT m.id FROM public.memberships m WHERE m.organization_id = org);
  DELETE FROM public.audit_entry_counts c WHERE c.organization_id = org;
  DELETE FROM public.organizations o WHERE o.id = org;
END $$;
--> statement-breakpoint
GRANT SELECT (access_ends_at) ON public.memberships TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.orgs_with_ending_access(uuid, integer, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.orgs_with_ending_access(uuid, integer, integer) FROM PUBLIC;
