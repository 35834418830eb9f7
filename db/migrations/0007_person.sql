CREATE TABLE "challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"account_id" uuid,
	"session_id" uuid,
	"methods" text[] DEFAULT '{}' NOT NULL,
	"wanted" jsonb,
	"secret_hash" "bytea" NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "challenges_secret_key" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "challenges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
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
CREATE TABLE "two_factors" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"verified_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "two_factors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"site_id" uuid,
	"chosen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_choices_once" UNIQUE NULLS NOT DISTINCT("organization_id","membership_id","site_id")
);
--> statement-breakpoint
ALTER TABLE "notification_choices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "password_notices" (
	"account_id" uuid NOT NULL,
	"password_changed_at" timestamp with time zone NOT NULL,
	"stage" integer NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "password_notices_account_id_password_changed_at_stage_pk" PRIMARY KEY("account_id","password_changed_at","stage")
);
--> statement-breakpoint
ALTER TABLE "password_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"page" text NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "usage_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "second_phone" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "user_group" text DEFAULT 'customer' NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "two_factor_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "mac_format" text DEFAULT 'colon' NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "suspended_for" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "reinstated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "confirmed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "notice_accepted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "sessions_ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "password_needs_special" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "password_expiry_days" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "two_factor_required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "partner_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_membership_same_org" FOREIGN KEY ("organization_id","membership_id") REFERENCES "public"."memberships"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_site_same_org" FOREIGN KEY ("organization_id","site_id") REFERENCES "public"."sites"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_notices" ADD CONSTRAINT "password_notices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_events" ADD CONSTRAINT "usage_events_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "challenges_account" ON "challenges" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "passkeys_account" ON "passkeys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "notification_choices_site" ON "notification_choices" USING btree ("organization_id","site_id");--> statement-breakpoint
CREATE INDEX "usage_events_account" ON "usage_events" USING btree ("account_id","occurred_at");--> statement-breakpoint
CREATE INDEX "usage_events_time" ON "usage_events" USING btree ("occurred_at");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_group" CHECK (user_group in ('customer', 'partner', 'public'));--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_mac_format" CHECK (mac_format in ('colon', 'dash', 'dot'));--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_password_expiry_days" CHECK (password_expiry_days between 1 and 365);--> statement-breakpoint
CREATE POLICY "memberships_readdressed" ON "memberships" AS PERMISSIVE FOR UPDATE TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organizations_for_retention" ON "organizations" AS PERMISSIVE FOR SELECT TO "signalbox_ledger" USING (true);--> statement-breakpoint
CREATE POLICY "challenges_held" ON "challenges" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (secret_hash = (select decode(nullif(current_setting('app.link', true), ''), 'hex')) or account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (secret_hash = (select decode(nullif(current_setting('app.link', true), ''), 'hex')) or account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "challenges_over" ON "challenges" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (expires_at < now() - interval '1 hour');--> statement-breakpoint
CREATE POLICY "identities_self" ON "identities" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid) or subject_hash = (select decode(nullif(current_setting('app.link', true), ''), 'hex'))) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "passkeys_self" ON "passkeys" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "recovery_codes_self" ON "recovery_codes" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "two_factors_self" ON "two_factors" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "notification_choices_own_org" ON "notification_choices" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "password_notices_self" ON "password_notices" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "usage_events_self" ON "usage_events" AS PERMISSIVE FOR ALL TO "signalbox_auth" USING (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)) WITH CHECK (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "usage_events_over" ON "usage_events" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (occurred_at < now() - interval '90 days');--> statement-breakpoint
ALTER POLICY "links_over" ON "links" TO signalbox_worker USING (purpose in ('sign_up', 'recover', 'validate', 'reset', 'change_email') and expires_at < now() - interval '7 days');--> statement-breakpoint
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity AND NOT c.relforcerowsecurity
  LOOP
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', found.name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Whose password is within 30 days of its end, by the shortest of the periods that hold for them; null is no period.
CREATE FUNCTION public.accounts_with_old_passwords(after uuid, most integer, customer_days integer, partner_days integer, public_days integer)
RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.id FROM public.accounts a
  LEFT JOIN LATERAL (
    SELECT pg_catalog.min(o.password_expiry_days) AS days, pg_catalog.bool_or(o.partner_since IS NOT NULL) AS partner
    FROM public.memberships m JOIN public.organizations o ON o.id = m.organization_id WHERE m.account_id = a.id
  ) held ON true
  WHERE a.id > after AND a.suspended_at IS NULL
    AND a.password_changed_at <= pg_catalog.now() + pg_catalog.make_interval(days => 30) - pg_catalog.make_interval(days =>
      LEAST(held.days, CASE WHEN held.partner OR a.user_group = 'partner' THEN partner_days
        WHEN a.user_group = 'public' THEN public_days ELSE customer_days END))
  ORDER BY a.id LIMIT most;
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (id, user_group, password_changed_at, suspended_at) ON public.accounts TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (account_id, organization_id) ON public.memberships TO signalbox_ledger;
--> statement-breakpoint
GRANT SELECT (id, password_expiry_days, partner_since) ON public.organizations TO signalbox_ledger;
--> statement-breakpoint
ALTER FUNCTION public.accounts_with_old_passwords(uuid, integer, integer, integer, integer) OWNER TO signalbox_ledger;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_ledger;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.accounts_with_old_passwords(uuid, integer, integer, integer, integer) FROM PUBLIC;
