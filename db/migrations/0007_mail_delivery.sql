ALTER TABLE "email_outbox" ADD COLUMN "invited_org_id" uuid;--> statement-breakpoint
ALTER TABLE "email_outbox" ADD COLUMN "membership_id" uuid;--> statement-breakpoint
ALTER TABLE "email_outbox" ADD COLUMN "next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "email_failed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "email_outbox_due" ON "email_outbox" USING btree ("next_attempt_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "email_outbox_recipient" ON "email_outbox" USING btree ("recipient","created_at","id") WHERE status = 'queued';--> statement-breakpoint
ALTER POLICY "email_outbox_enqueue" ON "email_outbox" TO signalbox_app,signalbox_auth,signalbox_worker WITH CHECK (status = 'queued' and (membership_id is null or invited_org_id = (select nullif(current_setting('app.org_id', true), '')::uuid) or membership_id = (select nullif(current_setting('app.invitation_id', true), '')::uuid)));