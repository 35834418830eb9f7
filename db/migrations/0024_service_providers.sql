CREATE TABLE "msp_administrators" (
	"msp_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "msp_administrators_key" PRIMARY KEY("msp_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "msp_administrators" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "msps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "msps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organization_msps" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"msp_id" uuid NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp with time zone,
	CONSTRAINT "organization_msps_key" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
ALTER TABLE "organization_msps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "msp_administrators" ADD CONSTRAINT "msp_administrators_msp_id_msps_id_fk" FOREIGN KEY ("msp_id") REFERENCES "public"."msps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "msp_administrators" ADD CONSTRAINT "msp_administrators_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_msps" ADD CONSTRAINT "organization_msps_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_msps" ADD CONSTRAINT "organization_msps_msp_id_msps_id_fk" FOREIGN KEY ("msp_id") REFERENCES "public"."msps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "msp_administrators_account" ON "msp_administrators" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "organization_msps_msp" ON "organization_msps" USING btree ("msp_id","organization_id");--> statement-breakpoint
CREATE POLICY "organizations_msp_read" ON "organizations" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING ((select nullif(current_setting('app.msp_id', true), '')::uuid) is not null and exists (select 1 from organization_msps o where o.organization_id = organizations.id));--> statement-breakpoint
CREATE POLICY "msp_administrators_current" ON "msp_administrators" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (msp_id = (select nullif(current_setting('app.msp_id', true), '')::uuid)) WITH CHECK (msp_id = (select nullif(current_setting('app.msp_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "msp_administrators_self" ON "msp_administrators" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "msp_administrators_definer_read" ON "msp_administrators" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (msp_id is not null);--> statement-breakpoint
CREATE POLICY "msps_current" ON "msps" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (id = (select nullif(current_setting('app.msp_id', true), '')::uuid)) WITH CHECK (id = (select nullif(current_setting('app.msp_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "msps_of_administrator" ON "msps" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (exists (select 1 from msp_administrators a where a.msp_id = msps.id));--> statement-breakpoint
CREATE POLICY "msps_of_organization" ON "msps" AS PERMISSIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING (exists (select 1 from organization_msps o where o.msp_id = msps.id));--> statement-breakpoint
CREATE POLICY "organization_msps_own_org" ON "organization_msps" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organization_msps_staff" ON "organization_msps" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff') or (select o.support_access from organizations o where o.id = (select nullif(current_setting('app.org_id', true), '')::uuid))) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "organization_msps_staff_delete" ON "organization_msps" AS RESTRICTIVE FOR DELETE TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "organization_msps_current_msp" ON "organization_msps" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (msp_id = (select nullif(current_setting('app.msp_id', true), '')::uuid)) WITH CHECK (msp_id = (select nullif(current_setting('app.msp_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organization_msps_definer_read" ON "organization_msps" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (organization_id is not null);--> statement-breakpoint
ALTER POLICY "access_denials_account" ON "access_denials" TO signalbox_auth USING ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and (
    exists (select 1 from memberships m where m.organization_id = access_denials.organization_id)
    or exists (select 1 from organization_msps o where o.organization_id = access_denials.organization_id))) WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and (
    exists (select 1 from memberships m where m.organization_id = access_denials.organization_id)
    or exists (select 1 from organization_msps o where o.organization_id = access_denials.organization_id)));--> statement-breakpoint
ALTER POLICY "audit_actors_account" ON "audit_actors" TO signalbox_auth USING ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and (
    exists (select 1 from memberships m where m.organization_id = audit_actors.organization_id)
    or exists (select 1 from organization_msps o where o.organization_id = audit_actors.organization_id))) WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and (
    exists (select 1 from memberships m where m.organization_id = audit_actors.organization_id)
    or exists (select 1 from organization_msps o where o.organization_id = audit_actors.organization_id)));--> statement-breakpoint
ALTER POLICY "audit_entries_account_insert" ON "audit_entries" TO signalbox_auth WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and (
    exists (select 1 from memberships m where m.organization_id = audit_entries.organization_id)
    or exists (select 1 from organization_msps o where o.organization_id = audit_entries.organization_id)));
--> statement-breakpoint
-- The email addresses of the administrators of the provider that the organization of the transaction is assigned to, or has asked.
CREATE FUNCTION public.msp_administrator_emails(msp uuid) RETURNS TABLE (email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.email FROM public.msp_administrators d JOIN public.accounts a ON a.id = d.account_id
  WHERE d.msp_id = msp AND a.suspended_at IS NULL AND EXISTS (
    SELECT 1 FROM public.organization_msps o
    WHERE o.msp_id = msp AND o.organization_id = nullif(pg_catalog.current_setting('app.org_id', true), '')::uuid);
$$;
--> statement-breakpoint
-- The email addresses of the Super Users of an organization of the provider of the transaction. The organization is locked,
-- so that it is not deleted meanwhile.
CREATE FUNCTION public.msp_organization_contacts(org uuid) RETURNS TABLE (email text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM 1 FROM public.organizations o WHERE o.id = org AND EXISTS (
    SELECT 1 FROM public.organization_msps p
    WHERE p.organization_id = o.id AND p.msp_id = nullif(pg_catalog.current_setting('app.msp_id', true), '')::uuid)
  FOR KEY SHARE OF o;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT a.email FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
  WHERE m.organization_id = org AND m.role = 'super_user' AND a.suspended_at IS NULL AND (m.access_ends_at > pg_catalog.now()) IS NOT FALSE;
END $$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (msp_id, account_id) ON public.msp_administrators TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (organization_id, msp_id) ON public.organization_msps TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.msp_administrator_emails(uuid) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.msp_organization_contacts(uuid) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.msp_administrator_emails(uuid), public.msp_organization_contacts(uuid) FROM PUBLIC;
