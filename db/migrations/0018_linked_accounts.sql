CREATE TABLE "linked_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"application" text NOT NULL,
	"application_account_id" text NOT NULL,
	"name" text NOT NULL,
	"encrypted_tokens" "bytea" NOT NULL,
	"expires_at" timestamp with time zone,
	"refresh_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"linked_by_id" uuid NOT NULL,
	CONSTRAINT "linked_accounts_key" UNIQUE("organization_id","application","application_account_id")
);
--> statement-breakpoint
ALTER TABLE "linked_accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "token_revocations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application" text NOT NULL,
	"encrypted_tokens" "bytea" NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "token_revocations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "linked_accounts" ADD CONSTRAINT "linked_accounts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "linked_accounts_refresh" ON "linked_accounts" USING btree ("refresh_at");--> statement-breakpoint
CREATE INDEX "token_revocations_due" ON "token_revocations" USING btree ("next_attempt_at");--> statement-breakpoint
CREATE POLICY "linked_accounts_own_org" ON "linked_accounts" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "linked_accounts_definer_read" ON "linked_accounts" AS PERMISSIVE FOR SELECT TO "signalbox_definer" USING (true);--> statement-breakpoint
CREATE POLICY "token_revocations_definer_insert" ON "token_revocations" AS PERMISSIVE FOR INSERT TO "signalbox_definer" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "token_revocations_worker" ON "token_revocations" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
-- Linked accounts whose tokens are to be refreshed, of all organizations.
CREATE FUNCTION public.linked_accounts_to_refresh(max_rows integer) RETURNS TABLE (organization_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT l.organization_id, l.id FROM public.linked_accounts l
  WHERE l.refresh_at <= pg_catalog.now() ORDER BY l.refresh_at LIMIT max_rows;
$$;
--> statement-breakpoint
-- Linked accounts whose tokens are not encrypted with the key that has this prefix.
CREATE FUNCTION public.linked_accounts_with_old_key(key_prefix bytea, max_rows integer) RETURNS TABLE (organization_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT l.organization_id, l.id FROM public.linked_accounts l
  WHERE pg_catalog.substr(l.encrypted_tokens, 1, pg_catalog.length(key_prefix)) <> key_prefix ORDER BY l.id LIMIT max_rows;
$$;
--> statement-breakpoint
-- The tokens of an account that is unlinked, also with its organization, wait to be revoked.
CREATE FUNCTION public.keep_tokens_for_revocation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.token_revocations (id, application, encrypted_tokens) VALUES (OLD.id, OLD.application, OLD.encrypted_tokens);
  RETURN NULL;
END $$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (id, organization_id, encrypted_tokens, refresh_at) ON public.linked_accounts TO signalbox_definer;
--> statement-breakpoint
GRANT INSERT (id, application, encrypted_tokens) ON public.token_revocations TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.linked_accounts_to_refresh(integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.linked_accounts_with_old_key(bytea, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.keep_tokens_for_revocation() OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION
  public.linked_accounts_to_refresh(integer), public.linked_accounts_with_old_key(bytea, integer), public.keep_tokens_for_revocation()
FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER linked_accounts_revoke AFTER DELETE ON public.linked_accounts FOR EACH ROW EXECUTE FUNCTION public.keep_tokens_for_revocation();
