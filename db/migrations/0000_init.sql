CREATE TABLE "account_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"detail" jsonb,
	"ip_address" "inet",
	"user_agent" text,
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
	"second_phone" text,
	"region" text DEFAULT 'global' NOT NULL,
	"analytics_allowed" text,
	"terms_accepted_at" timestamp with time zone,
	"password_hash" text,
	"password_changed_at" timestamp with time zone,
	"user_group" text DEFAULT 'customer' NOT NULL,
	"two_factor_enabled_at" timestamp with time zone,
	"time_zone" text,
	"hour_cycle" text DEFAULT '12' NOT NULL,
	"mac_format" text DEFAULT 'colon' NOT NULL,
	"last_organization_id" uuid,
	"last_sign_in_at" timestamp with time zone,
	"suspended_at" timestamp with time zone,
	"suspension_reason" text,
	"reinstated_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_email_key" UNIQUE("email"),
	CONSTRAINT "accounts_user_group" CHECK (user_group in ('customer', 'partner', 'public')),
	CONSTRAINT "accounts_mac_format" CHECK (mac_format in ('colon', 'dash', 'dot'))
);
--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "email_tokens" (
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
	CONSTRAINT "email_tokens_secret_key" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "email_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limit_counters" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"window_started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_failure_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"auth_time" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reauthenticated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"login_terms_accepted_at" timestamp with time zone,
	"methods" text[] NOT NULL,
	"ip_address" "inet",
	"user_agent" text,
	"revoked_at" timestamp with time zone,
	"revoke_reason" text,
	CONSTRAINT "sessions_secret_key" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_actors" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"deleted_at" timestamp with time zone,
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
	"ip_address" "inet",
	"user_agent" text,
	"request_id" text,
	"detailed" boolean GENERATED ALWAYS AS (change is not null or ip_address is not null) STORED NOT NULL,
	CONSTRAINT "audit_entries_key" PRIMARY KEY("organization_id","occurred_at","id") INCLUDE (actor_id, site_id, site_name, message, detailed)
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_entry_counts" (
	"organization_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"entries" integer NOT NULL,
	CONSTRAINT "audit_entry_counts_key" PRIMARY KEY("organization_id","actor_id","site_id","starts_at")
);
--> statement-breakpoint
ALTER TABLE "audit_entry_counts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "auth_challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"account_id" uuid,
	"session_id" uuid,
	"methods" text[] DEFAULT '{}' NOT NULL,
	"return_to" jsonb,
	"secret_hash" "bytea" NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "auth_challenges_secret_key" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "auth_challenges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"subject_hash" "bytea" NOT NULL,
	"email" text NOT NULL,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "identities_subject_key" UNIQUE("subject_hash"),
	CONSTRAINT "identities_account_key" UNIQUE("account_id","issuer")
);
--> statement-breakpoint
ALTER TABLE "identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"credential_id" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_credential_key" UNIQUE("credential_id")
);
--> statement-breakpoint
ALTER TABLE "passkeys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_key" UNIQUE("account_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "recovery_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "totp_credentials" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"encrypted_secret" "bytea" NOT NULL,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"verified_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "totp_credentials" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notification_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"site_id" uuid,
	"subscribed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_subscriptions_key" UNIQUE NULLS NOT DISTINCT("organization_id","membership_id","site_id")
);
--> statement-breakpoint
ALTER TABLE "notification_subscriptions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "password_reminders" (
	"account_id" uuid NOT NULL,
	"password_changed_at" timestamp with time zone NOT NULL,
	"days_before" integer NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "password_reminders_key" PRIMARY KEY("account_id","password_changed_at","days_before")
);
--> statement-breakpoint
ALTER TABLE "password_reminders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"page" text NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "usage_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "captured_emails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "captured_emails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "email_outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"template" text NOT NULL,
	"recipient" text NOT NULL,
	"encrypted_props" "bytea",
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "email_outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "membership_scopes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"site_id" uuid,
	"group_id" uuid,
	CONSTRAINT "membership_scopes_key" UNIQUE NULLS NOT DISTINCT("organization_id","membership_id","site_id","group_id"),
	CONSTRAINT "membership_scopes_one_target" CHECK (num_nonnulls(site_id, group_id) = 1)
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
	"sessions_ended_at" timestamp with time zone,
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
	"password_needs_special" boolean DEFAULT false NOT NULL,
	"password_expiry_days" integer,
	"two_factor_required" boolean DEFAULT false NOT NULL,
	"partner_enabled_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_password_expiry_days" CHECK (password_expiry_days between 1 and 365)
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
	"street_address" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sites_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "sites_name_key" UNIQUE("organization_id","name")
);
--> statement-breakpoint
ALTER TABLE "sites" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account_events" ADD CONSTRAINT "account_events_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_tokens" ADD CONSTRAINT "email_tokens_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_actors" ADD CONSTRAINT "audit_actors_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_challenges" ADD CONSTRAINT "auth_challenges_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_challenges" ADD CONSTRAINT "auth_challenges_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_credentials" ADD CONSTRAINT "totp_credentials_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_subscriptions" ADD CONSTRAINT "notification_subscriptions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_subscriptions" ADD CONSTRAINT "notification_subscriptions_membership_same_org" FOREIGN KEY ("organization_id","membership_id") REFERENCES "public"."memberships"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_subscriptions" ADD CONSTRAINT "notification_subscriptions_site_same_org" FOREIGN KEY ("organization_id","site_id") REFERENCES "public"."sites"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_reminders" ADD CONSTRAINT "password_reminders_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_events" ADD CONSTRAINT "usage_events_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
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
CREATE INDEX "email_tokens_email" ON "email_tokens" USING btree ("email","purpose");--> statement-breakpoint
CREATE INDEX "email_tokens_membership" ON "email_tokens" USING btree ("membership_id");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id","last_seen_at");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("organization_id","actor_id","occurred_at","id") INCLUDE (site_id, site_name, message, detailed);--> statement-breakpoint
CREATE INDEX "audit_entries_site" ON "audit_entries" USING btree ("organization_id","site_id","occurred_at","id") INCLUDE (actor_id, site_name, message, detailed);--> statement-breakpoint
CREATE INDEX "auth_challenges_account" ON "auth_challenges" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "passkeys_account" ON "passkeys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "notification_subscriptions_site" ON "notification_subscriptions" USING btree ("organization_id","site_id");--> statement-breakpoint
CREATE INDEX "usage_events_account" ON "usage_events" USING btree ("account_id","occurred_at");--> statement-breakpoint
CREATE INDEX "usage_events_time" ON "usage_events" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "captured_emails_received" ON "captured_emails" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "email_outbox_status" ON "email_outbox" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "memberships_account" ON "memberships" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "site_group_members_site" ON "site_group_members" USING btree ("organization_id","site_id");--> statement-breakpoint
CREATE INDEX "sites_by_name" ON "sites" USING btree ("organization_id",lower("name"),"id");--> statement-breakpoint
CREATE INDEX "sites_by_country" ON "sites" USING btree ("organization_id","country","id");--> statement-breakpoint
CREATE POLICY "account_events_self" ON "account_events" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "accounts_tenant_read" ON "accounts" AS PERMISSIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING (exists (select 1 from memberships m where m.account_id = accounts.id));--> statement-breakpoint
CREATE POLICY "accounts_definer_read" ON "accounts" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
CREATE POLICY "accounts_self" ON "accounts" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (id = (select nullif(current_setting('app.account_id', true), '')::uuid) or email = (select nullif(current_setting('app.email', true), ''))) WITH CHECK (id = (select nullif(current_setting('app.account_id', true), '')::uuid) or email = (select nullif(current_setting('app.email', true), '')));--> statement-breakpoint
CREATE POLICY "email_tokens_self" ON "email_tokens" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (secret_hash = (select decode(nullif(current_setting('app.token_hash', true), ''), 'hex')) or email = (select nullif(current_setting('app.email', true), ''))) WITH CHECK (secret_hash = (select decode(nullif(current_setting('app.token_hash', true), ''), 'hex')) or email = (select nullif(current_setting('app.email', true), '')));--> statement-breakpoint
CREATE POLICY "email_tokens_tenant" ON "email_tokens" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (exists (select 1 from memberships m where m.id = email_tokens.membership_id)) WITH CHECK (exists (select 1 from memberships m where m.id = email_tokens.membership_id));--> statement-breakpoint
CREATE POLICY "email_tokens_definer" ON "email_tokens" AS PERMISSIVE FOR ALL TO "signalbox_definer" USING (membership_id is not null);--> statement-breakpoint
CREATE POLICY "email_tokens_expired" ON "email_tokens" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (purpose in ('sign_up', 'recover', 'validate', 'reset', 'change_email') and expires_at < now() - interval '7 days');--> statement-breakpoint
CREATE POLICY "sessions_self" ON "sessions" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sessions_expired" ON "sessions" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (auth_time < now() - interval '15 days');--> statement-breakpoint
CREATE POLICY "audit_actors_own_org" ON "audit_actors" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_actors_account" ON "audit_actors" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = audit_actors.organization_id)) WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = audit_actors.organization_id));--> statement-breakpoint
CREATE POLICY "audit_actors_definer" ON "audit_actors" AS PERMISSIVE FOR ALL TO "signalbox_definer" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_entries_own_org" ON "audit_entries" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_entries_read_visible_sites" ON "audit_entries" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "audit_entries_account_insert" ON "audit_entries" AS PERMISSIVE FOR INSERT TO "signalbox_auth" WITH CHECK ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = audit_entries.organization_id));--> statement-breakpoint
CREATE POLICY "audit_entries_definer" ON "audit_entries" AS PERMISSIVE FOR ALL TO "signalbox_definer" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_entry_counts_own_org" ON "audit_entry_counts" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_entry_counts_read_visible_sites" ON "audit_entry_counts" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "audit_entry_counts_definer" ON "audit_entry_counts" AS PERMISSIVE FOR ALL TO "signalbox_definer" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "auth_challenges_self" ON "auth_challenges" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (secret_hash = (select decode(nullif(current_setting('app.token_hash', true), ''), 'hex')) or account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (secret_hash = (select decode(nullif(current_setting('app.token_hash', true), ''), 'hex')) or account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "auth_challenges_expired" ON "auth_challenges" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (expires_at < now() - interval '1 hour');--> statement-breakpoint
CREATE POLICY "identities_self" ON "identities" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid) or subject_hash = (select decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "passkeys_self" ON "passkeys" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "recovery_codes_self" ON "recovery_codes" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "totp_credentials_self" ON "totp_credentials" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "totp_credentials_definer_read" ON "totp_credentials" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
CREATE POLICY "notification_subscriptions_own_org" ON "notification_subscriptions" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "notification_subscriptions_account_read" ON "notification_subscriptions" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (exists (select 1 from memberships m where m.id = notification_subscriptions.membership_id));--> statement-breakpoint
CREATE POLICY "password_reminders_self" ON "password_reminders" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "usage_events_self" ON "usage_events" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "usage_events_expired" ON "usage_events" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (occurred_at < now() - interval '90 days');--> statement-breakpoint
CREATE POLICY "captured_emails_trial" ON "captured_emails" AS PERMISSIVE FOR ALL TO "signalbox_auth", "signalbox_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "email_outbox_enqueue" ON "email_outbox" AS PERMISSIVE FOR INSERT TO "signalbox_app", "signalbox_auth", "signalbox_worker" WITH CHECK (status = 'queued');--> statement-breakpoint
CREATE POLICY "email_outbox_worker" ON "email_outbox" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "membership_scopes_own_org" ON "membership_scopes" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "membership_scopes_account_read" ON "membership_scopes" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (exists (select 1 from memberships m where m.id = membership_scopes.membership_id));--> statement-breakpoint
CREATE POLICY "memberships_own_org" ON "memberships" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "memberships_definer_read" ON "memberships" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (organization_id is not null);--> statement-breakpoint
CREATE POLICY "memberships_definer_insert" ON "memberships" AS PERMISSIVE FOR INSERT TO "signalbox_definer" WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid) and role = 'super_user');--> statement-breakpoint
CREATE POLICY "memberships_account_read" ON "memberships" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "memberships_account_update" ON "memberships" AS PERMISSIVE FOR UPDATE TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "memberships_invitee_read" ON "memberships" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (id = (select nullif(current_setting('app.invitation_id', true), '')::uuid) and email = (select nullif(current_setting('app.email', true), '')) and account_id is null);--> statement-breakpoint
CREATE POLICY "memberships_invitee_accept" ON "memberships" AS PERMISSIVE FOR UPDATE TO "signalbox_auth" USING (id = (select nullif(current_setting('app.invitation_id', true), '')::uuid) and email = (select nullif(current_setting('app.email', true), '')) and account_id is null) WITH CHECK (id = (select nullif(current_setting('app.invitation_id', true), '')::uuid) and email = (select nullif(current_setting('app.email', true), '')) and (account_id is null or account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "organizations_definer_read" ON "organizations" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
CREATE POLICY "organizations_definer_lock" ON "organizations" AS PERMISSIVE FOR UPDATE TO "signalbox_definer" USING (true) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "organizations_definer_insert" ON "organizations" AS PERMISSIVE FOR INSERT TO "signalbox_definer" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "organizations_tenant" ON "organizations" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organizations_account_read" ON "organizations" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING ((select nullif(current_setting('app.account_id', true), '')::uuid) is not null and exists (select 1 from memberships m where m.organization_id = organizations.id));--> statement-breakpoint
CREATE POLICY "site_group_members_own_org" ON "site_group_members" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "site_group_members_visible_sites" ON "site_group_members" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[])) WITH CHECK ((select current_setting('app.all_sites', true) = 'on') or site_id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "site_group_members_account_read" ON "site_group_members" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (exists (select 1 from membership_scopes s where s.group_id = site_group_members.group_id));--> statement-breakpoint
CREATE POLICY "site_groups_own_org" ON "site_groups" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "site_groups_visible_sites" ON "site_groups" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or exists (select 1 from site_group_members g where g.group_id = site_groups.id));--> statement-breakpoint
CREATE POLICY "sites_own_org" ON "sites" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sites_visible_sites" ON "sites" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on') or id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[])) WITH CHECK ((select current_setting('app.all_sites', true) = 'on') or id = any ((select string_to_array(nullif(current_setting('app.sites', true), ''), ',')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "sites_definer_insert" ON "sites" AS PERMISSIVE FOR INSERT TO "signalbox_definer" WITH CHECK (true);