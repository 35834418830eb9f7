-- The key of the log covers a page of it: a list is read from the index alone, however the rows of others lie between.
ALTER TABLE public.audit_entries DROP CONSTRAINT audit_entries_key;
--> statement-breakpoint
ALTER TABLE public.audit_entries ADD CONSTRAINT audit_entries_key PRIMARY KEY (organization_id, occurred_at, id)
INCLUDE (actor_id, site_id, site_name, message, detailed);
