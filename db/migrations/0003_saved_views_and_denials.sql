CREATE TABLE "access_denials" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"refused" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"entry_id" uuid NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "access_denials_key" PRIMARY KEY("organization_id","actor_id","refused","starts_at")
);
--> statement-breakpoint
ALTER TABLE "access_denials" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "deleted_sites" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"name" text NOT NULL,
	"deleted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deleted_sites_key" PRIMARY KEY("organization_id","site_id")
);
--> statement-breakpoint
ALTER TABLE "deleted_sites" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"list" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_name_key" UNIQUE("organization_id","account_id","list","name")
);
--> statement-breakpoint
ALTER TABLE "saved_views" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "access_denials" ADD CONSTRAINT "access_denials_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deleted_sites" ADD CONSTRAINT "deleted_sites_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_membership_same_org" FOREIGN KEY ("organization_id","account_id") REFERENCES "public"."memberships"("organization_id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_denials_entry" ON "access_denials" USING btree ("organization_id","entry_id");--> statement-breakpoint
CREATE INDEX "access_denials_time" ON "access_denials" USING btree ("starts_at");--> statement-breakpoint
CREATE POLICY "access_denials_own_org" ON "access_denials" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "access_denials_account" ON "access_denials" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = access_denials.organization_id)) WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = access_denials.organization_id));--> statement-breakpoint
CREATE POLICY "access_denials_expired" ON "access_denials" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (starts_at < (select now() - interval '60 days'));--> statement-breakpoint
CREATE POLICY "deleted_sites_own_org" ON "deleted_sites" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "deleted_sites_all_sites" ON "deleted_sites" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on'));--> statement-breakpoint
CREATE POLICY "saved_views_own_org" ON "saved_views" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "saved_views_own_account" ON "saved_views" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "saved_views_account_read" ON "saved_views" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));