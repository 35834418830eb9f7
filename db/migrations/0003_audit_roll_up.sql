ALTER TABLE "audit_activity" ALTER COLUMN "site_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "audit_activity" ALTER COLUMN "entries" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "audit_actors" ADD COLUMN "gone_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "detailed" boolean GENERATED ALWAYS AS (change is not null or address is not null) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_activity" DROP CONSTRAINT "audit_activity_key";
--> statement-breakpoint
ALTER TABLE "audit_activity" ADD CONSTRAINT "audit_activity_key" PRIMARY KEY("organization_id","actor_id","site_id","starts_at");--> statement-breakpoint
CREATE POLICY "accounts_for_retention" ON "accounts" AS PERMISSIVE FOR SELECT TO "signalbox_ledger" USING (true);--> statement-breakpoint
CREATE POLICY "links_over" ON "links" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (purpose in ('sign_up', 'recover', 'validate', 'reset') and expires_at < now() - interval '7 days');--> statement-breakpoint
CREATE POLICY "audit_actors_retention" ON "audit_actors" AS PERMISSIVE FOR ALL TO "signalbox_ledger" USING (organization_id is not null) WITH CHECK (organization_id is not null);--> statement-breakpoint
CREATE POLICY "audit_entries_retention" ON "audit_entries" AS PERMISSIVE FOR ALL TO "signalbox_ledger" USING (organization_id is not null) WITH CHECK (organization_id is not null);