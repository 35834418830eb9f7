CREATE TABLE "audit_chain_links" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"seq" bigint NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"entry_id" uuid,
	"entry_hash" "bytea" NOT NULL,
	"chain_hash" "bytea" NOT NULL,
	CONSTRAINT "audit_chain_links_key" PRIMARY KEY("organization_id","seq")
);
--> statement-breakpoint
ALTER TABLE "audit_chain_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_chains" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"chain_hash" "bytea" DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea NOT NULL,
	"backfill_at" timestamp with time zone DEFAULT '-infinity' NOT NULL,
	"backfill_id" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
	"backfilled_at" timestamp with time zone,
	CONSTRAINT "audit_chains_key" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
ALTER TABLE "audit_chains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seq" bigint NOT NULL,
	"chain_hash" "bytea" NOT NULL,
	"statement" text NOT NULL,
	"public_key" text NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "audit_checkpoints_key" PRIMARY KEY("organization_id","number")
);
--> statement-breakpoint
ALTER TABLE "audit_checkpoints" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_removals" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"number" integer NOT NULL,
	"removal" text NOT NULL,
	CONSTRAINT "audit_removals_key" PRIMARY KEY("organization_id","number")
);
--> statement-breakpoint
ALTER TABLE "audit_removals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_verifications" (
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_by" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checked" bigint DEFAULT 0 NOT NULL,
	"total" bigint DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone,
	"result" jsonb,
	CONSTRAINT "audit_verifications_key" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
ALTER TABLE "audit_verifications" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_chain_links" ADD CONSTRAINT "audit_chain_links_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_chains" ADD CONSTRAINT "audit_chains_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_checkpoints" ADD CONSTRAINT "audit_checkpoints_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_removals" ADD CONSTRAINT "audit_removals_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_verifications" ADD CONSTRAINT "audit_verifications_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_chain_links_entry" ON "audit_chain_links" USING btree ("organization_id","entry_id");--> statement-breakpoint
CREATE POLICY "audit_chain_links_own_org" ON "audit_chain_links" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_chain_links_all_sites" ON "audit_chain_links" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on'));--> statement-breakpoint
CREATE POLICY "audit_chain_links_definer" ON "audit_chain_links" AS PERMISSIVE FOR ALL TO "signalbox_definer" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_chains_own_org" ON "audit_chains" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_chains_all_sites" ON "audit_chains" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on'));--> statement-breakpoint
CREATE POLICY "audit_chains_definer" ON "audit_chains" AS PERMISSIVE FOR ALL TO "signalbox_definer" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_checkpoints_own_org" ON "audit_checkpoints" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_checkpoints_all_sites" ON "audit_checkpoints" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on'));--> statement-breakpoint
CREATE POLICY "audit_checkpoints_definer" ON "audit_checkpoints" AS PERMISSIVE FOR ALL TO "signalbox_definer" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_removals_own_org" ON "audit_removals" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_removals_all_sites" ON "audit_removals" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on'));--> statement-breakpoint
CREATE POLICY "audit_verifications_own_org" ON "audit_verifications" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_verifications_all_sites" ON "audit_verifications" AS RESTRICTIVE FOR SELECT TO "signalbox_app", "signalbox_worker" USING ((select current_setting('app.all_sites', true) = 'on'));--> statement-breakpoint
-- Rewritten with every entry of their organization: half of each page stays free, so that the new version fits beside the old one.
ALTER TABLE public.audit_chains SET (fillfactor = 50);
--> statement-breakpoint
-- A field of an entry with its length in bytes; lib/audit-chain/rules.ts encodes the same way.
CREATE FUNCTION public.audit_field(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN COALESCE(octet_length(value)::text || ':' || value, '-');
--> statement-breakpoint
CREATE FUNCTION public.audit_timestamp(moment timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
--> statement-breakpoint
CREATE FUNCTION public.hash_audit_entry(org uuid, moment timestamptz, id uuid, actor uuid, actor_kind text, site uuid, site_name text,
  name text, subject uuid, message text, change jsonb, ip inet, agent text, request text) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(
  audit_field(org::text) || audit_field(audit_timestamp(moment)) || audit_field(id::text) || audit_field(actor::text) || audit_field(actor_kind)
  || audit_field(site::text) || audit_field(site_name) || audit_field(name) || audit_field(subject::text) || audit_field(message)
  || audit_field(change::text) || audit_field(ip::text) || audit_field(agent) || audit_field(request), 'UTF8'));
--> statement-breakpoint
CREATE FUNCTION public.hash_audit_link(previous bytea, entry_hash bytea, moment timestamptz) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(previous || entry_hash || convert_to(audit_timestamp(moment), 'UTF8'));
--> statement-breakpoint
CREATE FUNCTION public.chain_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  hash constant bytea := public.hash_audit_entry(NEW.organization_id, NEW.occurred_at, NEW.id, NEW.actor_id, NEW.actor_kind, NEW.site_id, NEW.site_name,
    NEW.name, NEW.subject_id, NEW.message, NEW.change, NEW.ip_address, NEW.user_agent, NEW.request_id);
  chain record;
BEGIN
  LOOP
    UPDATE public.audit_chains c SET seq = c.seq + 1, chain_hash = public.hash_audit_link(c.chain_hash, hash, NEW.occurred_at)
    WHERE c.organization_id = NEW.organization_id RETURNING c.seq, c.chain_hash INTO chain;
    EXIT WHEN FOUND;
    INSERT INTO public.audit_chains (organization_id) VALUES (NEW.organization_id) ON CONFLICT DO NOTHING;
  END LOOP;
  INSERT INTO public.audit_chain_links (organization_id, seq, occurred_at, entry_id, entry_hash, chain_hash)
  VALUES (NEW.organization_id, chain.seq, NEW.occurred_at, NEW.id, hash, chain.chain_hash);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Organizations whose entries from before the chain are not all in it.
CREATE FUNCTION public.audit_chains_to_backfill(max_rows integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.id FROM public.organizations o LEFT JOIN public.audit_chains c ON c.organization_id = o.id
  WHERE c.backfilled_at IS NULL ORDER BY o.id LIMIT max_rows;
$$;
--> statement-breakpoint
-- Appends entries from before the chain to it, oldest first; the chain is locked for one batch. Returns whether that was the last batch.
CREATE FUNCTION public.backfill_audit_chain(org uuid, max_rows integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  chain public.audit_chains;
  e record;
  seen integer := 0;
BEGIN
  INSERT INTO public.audit_chains (organization_id) VALUES (org) ON CONFLICT DO NOTHING;
  SELECT c.* INTO chain FROM public.audit_chains c WHERE c.organization_id = org FOR UPDATE;
  IF chain.backfilled_at IS NOT NULL THEN
    RETURN true;
  END IF;
  FOR e IN
    SELECT a.occurred_at, a.id, EXISTS (SELECT FROM public.audit_chain_links l WHERE l.organization_id = org AND l.entry_id = a.id) AS is_linked,
      public.hash_audit_entry(a.organization_id, a.occurred_at, a.id, a.actor_id, a.actor_kind, a.site_id, a.site_name,
        a.name, a.subject_id, a.message, a.change, a.ip_address, a.user_agent, a.request_id) AS hash
    FROM public.audit_entries a
    WHERE a.organization_id = org AND a.occurred_at >= chain.backfill_at AND (a.occurred_at, a.id) > (chain.backfill_at, chain.backfill_id)
    ORDER BY a.occurred_at, a.id LIMIT max_rows
  LOOP
    seen := seen + 1;
    chain.backfill_at := e.occurred_at;
    chain.backfill_id := e.id;
    CONTINUE WHEN e.is_linked;
    chain.seq := chain.seq + 1;
    chain.chain_hash := public.hash_audit_link(chain.chain_hash, e.hash, e.occurred_at);
    INSERT INTO public.audit_chain_links (organization_id, seq, occurred_at, entry_id, entry_hash, chain_hash)
    VALUES (org, chain.seq, e.occurred_at, e.id, e.hash, chain.chain_hash);
  END LOOP;
  UPDATE public.audit_chains c SET seq = chain.seq, chain_hash = chain.chain_hash, backfill_at = chain.backfill_at, backfill_id = chain.backfill_id,
    backfilled_at = CASE WHEN seen < max_rows THEN pg_catalog.now() END
  WHERE c.organization_id = org;
  RETURN seen < max_rows;
END $$;
--> statement-breakpoint
-- Organizations whose chain is complete and has grown since its last checkpoint, or whose last checkpoint has another key.
CREATE FUNCTION public.audit_chains_to_sign(key text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT c.organization_id FROM public.audit_chains c LEFT JOIN LATERAL (
    SELECT k.seq, k.public_key FROM public.audit_checkpoints k WHERE k.organization_id = c.organization_id ORDER BY k.number DESC LIMIT 1
  ) last ON true
  WHERE c.backfilled_at IS NOT NULL AND c.seq > 0 AND (last.seq IS NULL OR last.seq < c.seq OR last.public_key <> key);
$$;
--> statement-breakpoint
CREATE FUNCTION public.audit_chain_organizations() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT c.organization_id FROM public.audit_chains c ORDER BY c.organization_id;
$$;
--> statement-breakpoint
-- Deletes the oldest links of a chain, whose entries retention has removed.
CREATE FUNCTION public.trim_audit_chain(org uuid, last_seq bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM public.audit_chain_links l
  WHERE l.organization_id = org AND l.seq <= last_seq AND l.occurred_at < pg_catalog.now() - pg_catalog.make_interval(days => 60);
$$;
--> statement-breakpoint
DROP FUNCTION public.purge_deleted_accounts();
--> statement-breakpoint
-- Notes when an account was deleted. An accepted invitation acts under the id of its membership until its account exists, so
-- memberships count as existing.
CREATE FUNCTION public.mark_deleted_actors() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE public.audit_actors a SET deleted_at = CASE WHEN known.is_present THEN NULL ELSE pg_catalog.now() END
  FROM (
    SELECT b.organization_id, b.actor_id,
      EXISTS (SELECT 1 FROM public.accounts p WHERE p.id = b.actor_id)
        OR EXISTS (SELECT 1 FROM public.memberships m WHERE m.organization_id = b.organization_id AND m.id = b.actor_id) AS is_present
    FROM public.audit_actors b WHERE b.kind = 'account'
  ) known
  WHERE a.organization_id = known.organization_id AND a.actor_id = known.actor_id
    AND known.is_present = (a.deleted_at IS NOT NULL);
$$;
--> statement-breakpoint
-- The actors whose account was deleted 30 days ago.
CREATE FUNCTION public.actors_to_purge() RETURNS TABLE (organization_id uuid, actor_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.organization_id, a.actor_id FROM public.audit_actors a
  WHERE a.kind = 'account' AND a.deleted_at < pg_catalog.now() - pg_catalog.make_interval(days => 30)
    AND NOT EXISTS (SELECT 1 FROM public.accounts p WHERE p.id = a.actor_id);
$$;
--> statement-breakpoint
-- Deletes entries of such an actor and returns them with their places in the chain, whose links stay without them.
CREATE FUNCTION public.purge_actor_entries(org uuid, actor uuid, max_rows integer)
RETURNS TABLE (seq bigint, entry_hash text, moment text, id uuid, actor_id uuid, actor_kind text, site_id uuid, site_name text,
  name text, subject_id uuid, message text, change text, ip_address text, user_agent text, request_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH oldest AS (
    SELECT e.occurred_at, e.id FROM public.audit_entries e
    WHERE e.organization_id = org AND e.actor_id = actor AND EXISTS (SELECT FROM public.actors_to_purge() p WHERE p.organization_id = org AND p.actor_id = actor)
    ORDER BY e.occurred_at, e.id LIMIT max_rows
  ), gone AS (
    DELETE FROM public.audit_entries e USING oldest o
    WHERE e.organization_id = org AND e.occurred_at = o.occurred_at AND e.id = o.id RETURNING e.*
  ), freed AS (
    UPDATE public.audit_chain_links l SET entry_id = NULL FROM gone
    WHERE l.organization_id = org AND l.entry_id = gone.id RETURNING gone.id, l.seq, l.entry_hash
  )
  SELECT f.seq, pg_catalog.encode(f.entry_hash, 'hex'), public.audit_timestamp(g.occurred_at), g.id, g.actor_id, g.actor_kind, g.site_id, g.site_name,
    g.name, g.subject_id, g.message, g.change::text, g.ip_address::text, g.user_agent, g.request_id
  FROM gone g LEFT JOIN freed f ON f.id = g.id ORDER BY f.seq;
$$;
--> statement-breakpoint
-- Deletes such an actor, whose entries are deleted, and subtracts them from the counts.
CREATE FUNCTION public.purge_actor(org uuid, actor uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  all_id constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
BEGIN
  PERFORM 1 FROM public.actors_to_purge() p WHERE p.organization_id = org AND p.actor_id = actor
    AND NOT EXISTS (SELECT FROM public.audit_entries e WHERE e.organization_id = org AND e.actor_id = actor);
  IF NOT FOUND THEN
    RETURN;
  END IF;
  UPDATE public.audit_entry_counts t SET entries = t.entries - own.entries
  FROM public.audit_entry_counts own
  WHERE own.organization_id = org AND own.actor_id = actor AND t.organization_id = org AND t.actor_id = all_id
    AND t.site_id = own.site_id AND t.starts_at = own.starts_at;
  DELETE FROM public.audit_entry_counts t WHERE t.organization_id = org
    AND (t.actor_id = actor OR (t.actor_id = all_id AND t.entries <= 0));
  DELETE FROM public.audit_actors a WHERE a.organization_id = org AND a.actor_id = actor;
END $$;
--> statement-breakpoint
GRANT signalbox_definer TO CURRENT_USER;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON public.audit_chains TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (entry_id) ON public.audit_chain_links TO signalbox_definer;
--> statement-breakpoint
GRANT SELECT (organization_id, number, seq, public_key) ON public.audit_checkpoints TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.chain_audit_entry() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.audit_chains_to_backfill(integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.backfill_audit_chain(uuid, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.audit_chains_to_sign(text) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.audit_chain_organizations() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.trim_audit_chain(uuid, bigint) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.mark_deleted_actors() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.actors_to_purge() OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.purge_actor_entries(uuid, uuid, integer) OWNER TO signalbox_definer;
--> statement-breakpoint
ALTER FUNCTION public.purge_actor(uuid, uuid) OWNER TO signalbox_definer;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM signalbox_definer;
--> statement-breakpoint
REVOKE ALL ON FUNCTION
  public.chain_audit_entry(),
  public.audit_chains_to_backfill(integer),
  public.backfill_audit_chain(uuid, integer),
  public.audit_chains_to_sign(text),
  public.audit_chain_organizations(),
  public.trim_audit_chain(uuid, bigint),
  public.mark_deleted_actors(),
  public.actors_to_purge(),
  public.purge_actor_entries(uuid, uuid, integer),
  public.purge_actor(uuid, uuid)
FROM PUBLIC;
--> statement-breakpoint
-- Deferred to commit, so that the end of the chain is locked only briefly and links stand in the order of commit.
CREATE CONSTRAINT TRIGGER audit_entries_chain AFTER INSERT ON public.audit_entries
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.chain_audit_entry();
