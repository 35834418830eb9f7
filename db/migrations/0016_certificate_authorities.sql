CREATE TABLE "certificate_authorities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"state" text NOT NULL,
	"certificate" text NOT NULL,
	"encrypted_private_key" "bytea" NOT NULL,
	"valid_to" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certificate_authorities_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "certificate_authorities_state_key" UNIQUE("organization_id","state")
);
--> statement-breakpoint
ALTER TABLE "certificate_authorities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "certificate_authorities" ADD CONSTRAINT "certificate_authorities_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "certificate_authorities_own_org" ON "certificate_authorities" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "certificate_authorities_definer_read" ON "certificate_authorities" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
-- Organizations with a CA key that is not encrypted with the key that has this prefix.
CREATE FUNCTION public.certificate_authorities_with_old_key(key_prefix bytea, max_rows integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT DISTINCT c.organization_id FROM public.certificate_authorities c
  WHERE pg_catalog.substr(c.encrypted_private_key, 1, pg_catalog.length(key_prefix)) <> key_prefix ORDER BY c.organization_id LIMIT max_rows;
$$;
--> statement-breakpoint
-- Organizations, by id, without a CA certificate, with one that has ended, or with one that ends within some days and nothing to follow it.
CREATE FUNCTION public.orgs_with_due_certificate_authority(after_id uuid, max_rows integer, days_ahead integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.id FROM public.organizations o
  LEFT JOIN public.certificate_authorities c ON c.organization_id = o.id AND c.state = 'current'
  WHERE o.id > after_id AND (c.id IS NULL OR c.valid_to <= pg_catalog.now()
    OR (c.valid_to <= pg_catalog.now() + pg_catalog.make_interval(days => days_ahead)
      AND NOT EXISTS (SELECT 1 FROM public.certificate_authorities n WHERE n.organization_id = o.id AND n.state = 'pending')))
  ORDER BY o.id LIMIT max_rows;
$$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (id, organization_id, state, valid_to, encrypted_private_key) ON public.certificate_authorities TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.certificate_authorities_with_old_key(bytea, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.orgs_with_due_certificate_authority(uuid, integer, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.certificate_authorities_with_old_key(bytea, integer), public.orgs_with_due_certificate_authority(uuid, integer, integer) FROM PUBLIC;
