CREATE TABLE "account_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"detail" jsonb,
	"address" "inet",
	"browser" text,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"phone" text,
	"region" text DEFAULT 'global' NOT NULL,
	"analytics_allowed" text,
	"terms_accepted_at" timestamp with time zone,
	"password_hash" text,
	"password_changed_at" timestamp with time zone,
	"time_zone" text,
	"clock24" text DEFAULT '12' NOT NULL,
	"last_organization_id" uuid,
	"last_sign_in_at" timestamp with time zone,
	"suspended_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_email_key" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"email" text NOT NULL,
	"account_id" uuid,
	"invited_org_id" uuid,
	"membership_id" uuid,
	"payload" jsonb,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	"voided_at" timestamp with time zone,
	CONSTRAINT "links_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "login_tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"methods" text[] NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "login_tickets_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "login_tickets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"auth_time" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"methods" text[] NOT NULL,
	"address" "inet",
	"browser" text,
	"revoked_at" timestamp with time zone,
	"revoke_reason" text,
	CONSTRAINT "sessions_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"window_started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_activity" (
	"organization_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"actor_id" uuid NOT NULL,
	"site_id" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
	"entries" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "audit_activity_key" PRIMARY KEY("organization_id","starts_at","actor_id","site_id")
);
--> statement-breakpoint
ALTER TABLE "audit_activity" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_actors" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	CONSTRAINT "audit_actors_key" PRIMARY KEY("organization_id","actor_id")
);
--> statement-breakpoint
ALTER TABLE "audit_actors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"site_id" uuid,
	"site_name" text,
	"name" text NOT NULL,
	"subject_id" uuid,
	"message" text NOT NULL,
	"change" jsonb,
	"address" "inet",
	"browser" text,
	"request_id" text,
	CONSTRAINT "audit_entries_key" PRIMARY KEY("organization_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mailbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mailbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"template" text NOT NULL,
	"recipient" text NOT NULL,
	"sealed_props" "bytea",
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "mails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "membership_scopes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"site_id" uuid,
	"group_id" uuid,
	CONSTRAINT "membership_scopes_once" UNIQUE NULLS NOT DISTINCT("organization_id","membership_id","site_id","group_id"),
	CONSTRAINT "membership_scopes_one" CHECK (num_nonnulls(site_id, group_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "membership_scopes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"account_id" uuid,
	"email" text NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"phone" text,
	"role" text NOT NULL,
	"scope" text DEFAULT 'all' NOT NULL,
	"invited_by" uuid,
	"invited_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	"last_seen_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "memberships_email_key" UNIQUE("organization_id","email"),
	CONSTRAINT "memberships_account_key" UNIQUE("organization_id","account_id"),
	CONSTRAINT "memberships_scope" CHECK (scope in ('all', 'groups', 'sites'))
);
--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"session_minutes" integer,
	"idle_minutes" integer,
	"password_min_length" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "site_group_members" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	CONSTRAINT "site_group_members_key" PRIMARY KEY("organization_id","group_id","site_id")
);
--> statement-breakpoint
ALTER TABLE "site_group_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "site_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_groups_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "site_groups_name_key" UNIQUE("organization_id","name")
);
--> statement-breakpoint
ALTER TABLE "site_groups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"time_zone" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sites_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "sites_name_key" UNIQUE("organization_id","name")
);
--> statement-breakpoint
ALTER TABLE "sites" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "login_tickets" ADD CONSTRAINT "login_tickets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_actors" ADD CONSTRAINT "audit_actors_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_scopes" ADD CONSTRAINT "membership_scopes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_scopes" ADD CONSTRAINT "membership_scopes_membership_same_org" FOREIGN KEY ("organization_id","membership_id") REFERENCES "public"."memberships"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_scopes" ADD CONSTRAINT "membership_scopes_site_same_org" FOREIGN KEY ("organization_id","site_id") REFERENCES "public"."sites"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_scopes" ADD CONSTRAINT "membership_scopes_group_same_org" FOREIGN KEY ("organization_id","group_id") REFERENCES "public"."site_groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_group_members" ADD CONSTRAINT "site_group_members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_group_members" ADD CONSTRAINT "site_group_members_group_same_org" FOREIGN KEY ("organization_id","group_id") REFERENCES "public"."site_groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_group_members" ADD CONSTRAINT "site_group_members_site_same_org" FOREIGN KEY ("organization_id","site_id") REFERENCES "public"."sites"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_groups" ADD CONSTRAINT "site_groups_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_events_account" ON "account_events" USING btree ("account_id","occurred_at");--> statement-breakpoint
CREATE INDEX "links_email" ON "links" USING btree ("email","purpose");--> statement-breakpoint
CREATE INDEX "links_membership" ON "links" USING btree ("membership_id");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id","last_seen_at");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("organization_id","actor_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_site" ON "audit_entries" USING btree ("organization_id","site_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "mailbox_received" ON "mailbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "mails_status" ON "mails" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "memberships_account" ON "memberships" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "site_group_members_site" ON "site_group_members" USING btree ("organization_id","site_id");--> statement-breakpoint
CREATE POLICY "account_events_self" ON "account_events" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "accounts_of_members" ON "accounts" AS PERMISSIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING (exists (select 1 from memberships m where m.account_id = accounts.id));--> statement-breakpoint
CREATE POLICY "accounts_self" ON "accounts" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (id = (select nullif(current_setting('app.account_id', true), '')::uuid) or email = (select nullif(current_setting('app.email', true), ''))) WITH CHECK (id = (select nullif(current_setting('app.account_id', true), '')::uuid) or email = (select nullif(current_setting('app.email', true), '')));--> statement-breakpoint
CREATE POLICY "links_followed" ON "links" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (secret_hash = (select decode(nullif(current_setting('app.link', true), ''), 'hex')) or email = (select nullif(current_setting('app.email', true), ''))) WITH CHECK (secret_hash = (select decode(nullif(current_setting('app.link', true), ''), 'hex')) or email = (select nullif(current_setting('app.email', true), '')));--> statement-breakpoint
CREATE POLICY "links_of_invitations" ON "links" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (exists (select 1 from memberships m where m.id = links.membership_id)) WITH CHECK (exists (select 1 from memberships m where m.id = links.membership_id));--> statement-breakpoint
CREATE POLICY "login_tickets_self" ON "login_tickets" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sessions_self" ON "sessions" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_activity_own_org" ON "audit_activity" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_activity_read_visible_sites" ON "audit_activity" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "audit_activity_count" ON "audit_activity" AS PERMISSIVE FOR ALL TO "signalbox_ledger" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_actors_own_org" ON "audit_actors" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_actors_of_account" ON "audit_actors" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = audit_actors.organization_id)) WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = audit_actors.organization_id));--> statement-breakpoint
CREATE POLICY "audit_entries_own_org" ON "audit_entries" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_entries_read_visible_sites" ON "audit_entries" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "audit_entries_of_account" ON "audit_entries" AS PERMISSIVE FOR INSERT TO "signalbox_auth" WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = audit_entries.organization_id));--> statement-breakpoint
CREATE POLICY "mailbox_trial" ON "mailbox" AS PERMISSIVE FOR ALL TO "signalbox_auth", "signalbox_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "mails_queue" ON "mails" AS PERMISSIVE FOR INSERT TO "signalbox_app", "signalbox_auth", "signalbox_worker" WITH CHECK (status = 'queued');--> statement-breakpoint
CREATE POLICY "mails_deliver" ON "mails" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "membership_scopes_own_org" ON "membership_scopes" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "membership_scopes_of_account" ON "membership_scopes" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (exists (select 1 from memberships m where m.id = membership_scopes.membership_id));--> statement-breakpoint
CREATE POLICY "memberships_own_org" ON "memberships" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "memberships_of_account" ON "memberships" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organizations_own" ON "organizations" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organizations_of_account" ON "organizations" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = organizations.id));--> statement-breakpoint
CREATE POLICY "site_group_members_own_org" ON "site_group_members" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "site_group_members_visible_sites" ON "site_group_members" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[])) WITH CHECK ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "site_group_members_of_account" ON "site_group_members" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (exists (select 1 from membership_scopes s where s.group_id = site_group_members.group_id));--> statement-breakpoint
CREATE POLICY "site_groups_own_org" ON "site_groups" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "site_groups_with_visible_sites" ON "site_groups" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or exists (select 1 from site_group_members g where g.group_id = site_groups.id));--> statement-breakpoint
CREATE POLICY "sites_own_org" ON "sites" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sites_visible_sites" ON "sites" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[])) WITH CHECK ((select current_setting('app.all_sites', true) = 'on') or id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));