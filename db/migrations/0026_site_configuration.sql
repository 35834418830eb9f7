CREATE TABLE "site_secrets" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"name" text NOT NULL,
	"encrypted_value" "bytea" NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"set_by_id" uuid NOT NULL,
	CONSTRAINT "site_secrets_key" PRIMARY KEY("organization_id","site_id","name")
);
--> statement-breakpoint
ALTER TABLE "site_secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "site_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"started_by_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"rows" jsonb NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"results" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"finished_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_imports_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "site_imports_status" CHECK (status in ('waiting', 'running', 'done', 'failed', 'undone')),
	CONSTRAINT "site_imports_done" CHECK (done between 0 and total)
);
--> statement-breakpoint
ALTER TABLE "site_imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "device_profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (fold_name(name)) STORED NOT NULL,
	"search_text" text GENERATED ALWAYS AS (fold_search(name)) STORED NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"type" text DEFAULT 'ap' NOT NULL,
	CONSTRAINT "device_profiles_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "device_profiles_name_key" UNIQUE("organization_id","name_key"),
	CONSTRAINT "device_profiles_settings" CHECK (jsonb_typeof(settings) = 'object'),
	CONSTRAINT "device_profiles_type" CHECK (type in ('ap', 'switch', 'gateway'))
);
--> statement-breakpoint
ALTER TABLE "device_profiles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rf_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (fold_name(name)) STORED NOT NULL,
	"search_text" text GENERATED ALWAYS AS (fold_search(name)) STORED NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rf_templates_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "rf_templates_name_key" UNIQUE("organization_id","name_key"),
	CONSTRAINT "rf_templates_settings" CHECK (jsonb_typeof(settings) = 'object')
);
--> statement-breakpoint
ALTER TABLE "rf_templates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "wlan_template_scopes" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"site_id" uuid,
	"group_id" uuid,
	"is_exception" boolean DEFAULT false NOT NULL,
	CONSTRAINT "wlan_template_scopes_key" UNIQUE NULLS NOT DISTINCT("organization_id","template_id","site_id","group_id"),
	CONSTRAINT "wlan_template_scopes_one" CHECK (num_nonnulls(site_id, group_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "wlan_template_scopes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "wlan_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (fold_name(name)) STORED NOT NULL,
	"search_text" text GENERATED ALWAYS AS (fold_search(name)) STORED NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"applies_to_organization" boolean DEFAULT false NOT NULL,
	CONSTRAINT "wlan_templates_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "wlan_templates_name_key" UNIQUE("organization_id","name_key"),
	CONSTRAINT "wlan_templates_settings" CHECK (jsonb_typeof(settings) = 'object')
);
--> statement-breakpoint
ALTER TABLE "wlan_templates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "wlans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"ssid" text NOT NULL,
	"position" integer NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"encrypted_secrets" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wlans_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "wlans_settings" CHECK (jsonb_typeof(settings) = 'object')
);
--> statement-breakpoint
ALTER TABLE "wlans" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "latitude" double precision;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "longitude" double precision;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "notes" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "rf_template_id" uuid;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "upgrade_scheduled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "site_secrets" ADD CONSTRAINT "site_secrets_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_secrets" ADD CONSTRAINT "site_secrets_site_same_org" FOREIGN KEY ("organization_id","site_id") REFERENCES "public"."sites"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_imports" ADD CONSTRAINT "site_imports_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_profiles" ADD CONSTRAINT "device_profiles_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rf_templates" ADD CONSTRAINT "rf_templates_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wlan_template_scopes" ADD CONSTRAINT "wlan_template_scopes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wlan_template_scopes" ADD CONSTRAINT "wlan_template_scopes_template_same_org" FOREIGN KEY ("organization_id","template_id") REFERENCES "public"."wlan_templates"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wlan_template_scopes" ADD CONSTRAINT "wlan_template_scopes_site_same_org" FOREIGN KEY ("organization_id","site_id") REFERENCES "public"."sites"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wlan_template_scopes" ADD CONSTRAINT "wlan_template_scopes_group_same_org" FOREIGN KEY ("organization_id","group_id") REFERENCES "public"."site_groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wlan_templates" ADD CONSTRAINT "wlan_templates_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wlans" ADD CONSTRAINT "wlans_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wlans" ADD CONSTRAINT "wlans_template_same_org" FOREIGN KEY ("organization_id","template_id") REFERENCES "public"."wlan_templates"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_rf_template_same_org" FOREIGN KEY ("organization_id","rf_template_id") REFERENCES "public"."rf_templates"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sites_by_rf_template" ON "sites" USING btree ("organization_id","rf_template_id") WHERE rf_template_id is not null;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_location" CHECK (num_nulls(latitude, longitude) <> 1 and latitude between -90 and 90 and longitude between -180 and 180);--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_settings" CHECK (jsonb_typeof(settings) = 'object');--> statement-breakpoint
CREATE POLICY "site_secrets_own_org" ON "site_secrets" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "site_secrets_staff" ON "site_secrets" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff')) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "site_secrets_visible_sites" ON "site_secrets" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[])) WITH CHECK ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "site_secrets_definer_read" ON "site_secrets" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
CREATE POLICY "site_imports_own_org" ON "site_imports" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "site_imports_staff" ON "site_imports" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff')) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "device_profiles_own_org" ON "device_profiles" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "device_profiles_staff" ON "device_profiles" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff') or (select o.support_access from organizations o where o.id = (select nullif(current_setting('app.org_id', true), '')::uuid))) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "device_profiles_staff_delete" ON "device_profiles" AS RESTRICTIVE FOR DELETE TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "rf_templates_own_org" ON "rf_templates" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "rf_templates_staff" ON "rf_templates" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff') or (select o.support_access from organizations o where o.id = (select nullif(current_setting('app.org_id', true), '')::uuid))) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "rf_templates_staff_delete" ON "rf_templates" AS RESTRICTIVE FOR DELETE TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "wlan_template_scopes_own_org" ON "wlan_template_scopes" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "wlan_template_scopes_staff" ON "wlan_template_scopes" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff') or (select o.support_access from organizations o where o.id = (select nullif(current_setting('app.org_id', true), '')::uuid))) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "wlan_template_scopes_staff_delete" ON "wlan_template_scopes" AS RESTRICTIVE FOR DELETE TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "wlan_template_scopes_visible_sites" ON "wlan_template_scopes" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[])
        or exists (select 1 from site_group_members m where m.group_id = wlan_template_scopes.group_id)) WITH CHECK ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "wlan_templates_own_org" ON "wlan_templates" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "wlan_templates_staff" ON "wlan_templates" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff') or (select o.support_access from organizations o where o.id = (select nullif(current_setting('app.org_id', true), '')::uuid))) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "wlan_templates_staff_delete" ON "wlan_templates" AS RESTRICTIVE FOR DELETE TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "wlans_own_org" ON "wlans" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "wlans_staff" ON "wlans" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff') or (select o.support_access from organizations o where o.id = (select nullif(current_setting('app.org_id', true), '')::uuid))) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "wlans_staff_delete" ON "wlans" AS RESTRICTIVE FOR DELETE TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
CREATE POLICY "wlans_definer_read" ON "wlans" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
-- Secrets of sites that are not encrypted with the key that has this prefix.
CREATE FUNCTION public.site_secrets_with_old_key(key_prefix bytea, max_rows integer) RETURNS TABLE (organization_id uuid, site_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT s.organization_id, s.site_id, s.name FROM public.site_secrets s
  WHERE pg_catalog.substr(s.encrypted_value, 1, pg_catalog.length(key_prefix)) <> key_prefix ORDER BY s.organization_id, s.site_id, s.name LIMIT max_rows;
$$;
--> statement-breakpoint
-- Wireless networks whose secrets are not encrypted with the key that has this prefix.
CREATE FUNCTION public.wlans_with_old_key(key_prefix bytea, max_rows integer) RETURNS TABLE (organization_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT w.organization_id, w.id FROM public.wlans w
  WHERE pg_catalog.substr(w.encrypted_secrets, 1, pg_catalog.length(key_prefix)) <> key_prefix ORDER BY w.id LIMIT max_rows;
$$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (organization_id, site_id, name, encrypted_value) ON public.site_secrets TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (organization_id, id, encrypted_secrets) ON public.wlans TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.site_secrets_with_old_key(bytea, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.wlans_with_old_key(bytea, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.site_secrets_with_old_key(bytea, integer), public.wlans_with_old_key(bytea, integer) FROM PUBLIC;
