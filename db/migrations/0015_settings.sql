CREATE TABLE "organization_secrets" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"name" text NOT NULL,
	"encrypted_value" "bytea" NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"set_by_id" uuid NOT NULL,
	CONSTRAINT "organization_secrets_key" PRIMARY KEY("organization_id","name")
);
--> statement-breakpoint
ALTER TABLE "organization_secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- The policies of an organization move into its settings, from which their columns are generated.
UPDATE public.organizations SET settings = jsonb_strip_nulls(jsonb_build_object(
  'session_expiry', session_minutes,
  'ui_idle_timeout', idle_minutes,
  'password_policy', CASE WHEN password_min_length IS NOT NULL OR password_needs_special OR password_expiry_days IS NOT NULL OR two_factor_required
    THEN jsonb_build_object(
      'enabled', true,
      'min_length', password_min_length,
      'requires_special_char', password_needs_special,
      'expiry_in_days', password_expiry_days,
      'requires_two_factor_auth', two_factor_required) END));
--> statement-breakpoint
ALTER TABLE "organizations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "organizations" drop column "session_minutes";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "session_minutes" integer GENERATED ALWAYS AS ((settings->>'session_expiry')::integer) STORED;--> statement-breakpoint
ALTER TABLE "organizations" drop column "idle_minutes";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "idle_minutes" integer GENERATED ALWAYS AS ((settings->>'ui_idle_timeout')::integer) STORED;--> statement-breakpoint
ALTER TABLE "organizations" drop column "password_min_length";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "password_min_length" integer GENERATED ALWAYS AS (case when ((settings->'password_policy')->>'enabled')::boolean then ((settings->'password_policy')->>'min_length')::integer end) STORED;--> statement-breakpoint
ALTER TABLE "organizations" ALTER COLUMN "password_needs_special" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "organizations" drop column "password_needs_special";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "password_needs_special" boolean GENERATED ALWAYS AS (coalesce(((settings->'password_policy')->>'enabled')::boolean and ((settings->'password_policy')->>'requires_special_char')::boolean, false)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" drop column "password_expiry_days";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "password_expiry_days" integer GENERATED ALWAYS AS (case when ((settings->'password_policy')->>'enabled')::boolean then ((settings->'password_policy')->>'expiry_in_days')::integer end) STORED;--> statement-breakpoint
ALTER TABLE "organizations" ALTER COLUMN "two_factor_required" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "organizations" drop column "two_factor_required";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "two_factor_required" boolean GENERATED ALWAYS AS (coalesce(((settings->'password_policy')->>'enabled')::boolean and ((settings->'password_policy')->>'requires_two_factor_auth')::boolean, false)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "organization_secrets" ADD CONSTRAINT "organization_secrets_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_settings" CHECK (jsonb_typeof(settings) = 'object');--> statement-breakpoint
CREATE POLICY "organization_secrets_own_org" ON "organization_secrets" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organization_secrets_definer_read" ON "organization_secrets" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_password_expiry_days" CHECK (password_expiry_days between 1 and 365);--> statement-breakpoint
-- Secrets of settings that are not encrypted with the key that has this prefix.
CREATE FUNCTION public.organization_secrets_with_old_key(key_prefix bytea, max_rows integer) RETURNS TABLE (organization_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT s.organization_id, s.name FROM public.organization_secrets s
  WHERE pg_catalog.substr(s.encrypted_value, 1, pg_catalog.length(key_prefix)) <> key_prefix ORDER BY s.organization_id, s.name LIMIT max_rows;
$$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (password_expiry_days) ON public.organizations TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (organization_id, name, encrypted_value) ON public.organization_secrets TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.organization_secrets_with_old_key(bytea, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.organization_secrets_with_old_key(bytea, integer) FROM PUBLIC;
