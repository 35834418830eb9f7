DROP INDEX "site_imports_running_key";--> statement-breakpoint
ALTER TABLE "site_imports" ADD COLUMN "is_running" boolean GENERATED ALWAYS AS (nullif(status = 'running', false)) STORED;--> statement-breakpoint
ALTER TABLE "site_imports" ADD CONSTRAINT "site_imports_running_key" UNIQUE("organization_id","is_running");