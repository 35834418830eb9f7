CREATE TABLE "sdk_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid DEFAULT nullif(current_setting('app.org_id', true), '')::uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (fold_name(name)) STORED NOT NULL,
	"search_text" text GENERATED ALWAYS AS (fold_search(name)) STORED NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"secret_end" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sdk_keys_org_key" UNIQUE("organization_id","id"),
	CONSTRAINT "sdk_keys_name_key" UNIQUE("organization_id","name_key")
);
--> statement-breakpoint
ALTER TABLE "sdk_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sdk_keys" ADD CONSTRAINT "sdk_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sdk_keys" ADD CONSTRAINT "sdk_keys_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sdk_keys_by_name" ON "sdk_keys" USING btree ("organization_id","name" collate "natural_order","id");--> statement-breakpoint
CREATE INDEX "sdk_keys_secret" ON "sdk_keys" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "sdk_keys_creator" ON "sdk_keys" USING btree ("created_by");--> statement-breakpoint
CREATE POLICY "sdk_keys_own_org" ON "sdk_keys" AS PERMISSIVE FOR ALL TO "signalbox_app", "signalbox_worker" USING (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (organization_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sdk_keys_enrollment_read" ON "sdk_keys" AS PERMISSIVE FOR SELECT TO "signalbox_auth" USING (secret_hash = (select decode(nullif(current_setting('app.token_hash', true), ''), 'hex')));