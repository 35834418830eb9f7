ALTER TABLE "site_imports" ADD COLUMN "ignored_columns" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "site_imports" ADD COLUMN "creates_groups" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "site_imports_running_key" ON "site_imports" USING btree ("organization_id") WHERE status = 'running';