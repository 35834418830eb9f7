CREATE TABLE "certificate_reminders" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"days_before" integer NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certificate_reminders_key" PRIMARY KEY("organization_id","fingerprint","days_before")
);
--> statement-breakpoint
ALTER TABLE "certificate_reminders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "certificate_reminders" ADD CONSTRAINT "certificate_reminders_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "certificate_reminders_own_org" ON "certificate_reminders" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "certificate_reminders_staff" ON "certificate_reminders" AS RESTRICTIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.actor', true) is distinct from 'staff')) WITH CHECK ((select current_setting('app.actor', true) is distinct from 'staff'));--> statement-breakpoint
-- Organizations, by id, with a CA certificate that ends within some days, or with certificates in their settings.
CREATE FUNCTION public.orgs_with_certificates(after_id uuid, max_rows integer, days_ahead integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.id FROM public.organizations o
  WHERE o.id > after_id AND (o.settings OPERATOR(pg_catalog.?) 'cacerts' OR o.settings OPERATOR(pg_catalog.?) 'device_cert' OR EXISTS (
    SELECT 1 FROM public.certificate_authorities c
    WHERE c.organization_id = o.id AND c.state = 'current' AND c.valid_to <= pg_catalog.now() + pg_catalog.make_interval(days => days_ahead)))
  ORDER BY o.id LIMIT max_rows;
$$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (settings) ON public.organizations TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.orgs_with_certificates(uuid, integer, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.orgs_with_certificates(uuid, integer, integer) FROM PUBLIC;
