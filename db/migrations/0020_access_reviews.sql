CREATE TABLE "access_review_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"reviewer_name" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"site_access" text NOT NULL,
	"access_ends_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"two_factor" boolean NOT NULL,
	"search_text" text GENERATED ALWAYS AS (fold_search(name || ' ' || searchable_email(email) || ' ' || reviewer_name)) STORED NOT NULL,
	CONSTRAINT "access_review_decisions_org_key" UNIQUE("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "access_review_decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "access_review_decisions" ADD CONSTRAINT "access_review_decisions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_review_decisions_latest" ON "access_review_decisions" USING btree ("organization_id","membership_id","decided_at","id");--> statement-breakpoint
CREATE INDEX "access_review_decisions_time" ON "access_review_decisions" USING btree ("organization_id","decided_at","id");--> statement-breakpoint
CREATE POLICY "access_review_decisions_own_org" ON "access_review_decisions" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "access_review_decisions_old" ON "access_review_decisions" AS PERMISSIVE FOR ALL TO "signalbox_worker" USING (decided_at < (select now() - interval '60 days'));