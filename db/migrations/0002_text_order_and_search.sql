-- Text in the order in which people read it: the root order of ICU, with numbers by their value.
CREATE COLLATION public."natural_order" (provider = icu, locale = 'und-u-kn-true');
--> statement-breakpoint
-- The folding functions do the same as lib/shared/fold-text.ts; fold-text.test.ts compares them.
CREATE FUNCTION public.visible_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.regexp_replace(value, '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]', '', 'g');
--> statement-breakpoint
CREATE FUNCTION public.fold_name(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.btrim(pg_catalog.regexp_replace(normalize(pg_catalog.replace(pg_catalog.translate(
  pg_catalog.lower(normalize(public.visible_text(value), NFKC) COLLATE public."natural_order"), 'ς', 'σ'), 'ß', 'ss'), NFKC),
  '[\u0009-\u000d\u0020\u0085\u1680\u2028\u2029]+', ' ', 'g'));
--> statement-breakpoint
CREATE FUNCTION public.fold_search(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN normalize(pg_catalog.regexp_replace(pg_catalog.translate(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
  normalize(public.fold_name(value), NFKD), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'đðħıłøŧ', 'ddhilot'),
  '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'), NFC);
--> statement-breakpoint
ALTER TABLE "site_groups" DROP CONSTRAINT "site_groups_name_key";--> statement-breakpoint
ALTER TABLE "sites" DROP CONSTRAINT "sites_name_key";--> statement-breakpoint
DROP INDEX "sites_by_name";--> statement-breakpoint
DROP INDEX "sites_by_country";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "search_text" text GENERATED ALWAYS AS (fold_search(first_name || ' ' || last_name || ' ' || email)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_actors" ADD COLUMN "search_text" text GENERATED ALWAYS AS (fold_search(name || ' ' || coalesce(email, ''))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "search_text" text GENERATED ALWAYS AS (fold_search(first_name || ' ' || last_name || ' ' || email)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "site_groups" ADD COLUMN "name_key" text GENERATED ALWAYS AS (fold_name(name)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "site_groups" ADD COLUMN "search_text" text GENERATED ALWAYS AS (fold_search(name)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "name_key" text GENERATED ALWAYS AS (fold_name(name)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "search_text" text GENERATED ALWAYS AS (left(fold_search(name || ' ' || street_address || ' ' || translate(time_zone, '/_', '  ')), 500)) STORED NOT NULL;--> statement-breakpoint
-- Holds what a search looks at, so that a search reads the index and not the table.
CREATE INDEX "sites_by_name" ON "sites" USING btree ("organization_id","name" collate "natural_order","id") INCLUDE (search_text, country);--> statement-breakpoint
CREATE INDEX "sites_by_country" ON "sites" USING btree ("organization_id","country" collate "natural_order","id");--> statement-breakpoint
ALTER TABLE "site_groups" ADD CONSTRAINT "site_groups_name_key" UNIQUE("organization_id","name_key");--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_name_key" UNIQUE("organization_id","name_key");