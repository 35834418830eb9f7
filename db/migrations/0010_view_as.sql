ALTER TABLE "sessions" ADD COLUMN "view_as_org_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "view_as_membership_id" uuid;