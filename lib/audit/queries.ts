import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { everyone } from "@/db/schema";
import type { Change } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { ExportPart, FindEntry, FindOwnEntry, type EntryFilter, ReadAuditLog } from "@/lib/audit/schema";
import { containing, uuids } from "@/lib/kernel/keyset";
import { query, type View } from "@/lib/kernel/query";
import type { ActorKind } from "@/lib/vocabulary/access";
import type { EventName } from "@/lib/vocabulary/events";
import { notFound } from "@/lib/vocabulary/fault";

export const pageSize = 50;
const partSize = 1_000;
/** Maximum number of people or sites in a filter menu; the rest is found by name. */
export const mostChoices = 40;

/** An entry as the list shows it. */
export type EntryRow = {
  place: string;
  at: Date;
  actorId: string;
  siteId: string | null;
  siteName: string | null;
  message: string;
  detailed: boolean;
};

type Selected = Omit<EntryRow, "at">;
type Direction = "older" | "newer";
type Cut = { direction: Direction; place?: string; limit: number };

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

function decode(cursor: string) {
  const [micros = "0", id = ""] = cursor.split("_");
  const fraction = micros.slice(-6).padStart(6, "0");
  const iso = new Date(Number(micros.slice(0, -6)) * 1_000).toISOString();
  return { at: sql`${iso.replace(/\.\d+Z$/, `.${fraction}Z`)}::timestamptz`, id: sql`${id}::uuid` };
}

const timeOf = (cursor: string) => new Date(Math.floor(Number(cursor.split("_", 1)[0]) / 1_000));
const placeColumn = sql`(extract(epoch from e.occurred_at) * 1000000)::bigint || '_' || e.id as cursor`;
const listed = sql`${placeColumn}, e.actor_id as "actorId", e.site_id as "siteId", e.site_name as "siteName", e.message, e.detailed`;
const listColumns = sql`e.occurred_at, e.id, e.actor_id, e.site_id, e.site_name, e.message, e.detailed`;

const inOrder = ({ direction }: Cut) =>
  direction === "older" ? sql`order by e.occurred_at desc, e.id desc` : sql`order by e.occurred_at, e.id`;

/**
 * Conditions besides the actor and site keys. Exactly one bound at each end, so that the index scan starts there;
 * the plain comparison beside the row comparison enables partition pruning.
 */
function within({ from, to, message }: EntryFilter, { direction, place: cursor }: Cut): SQL {
  const start = cursor !== undefined && timeOf(cursor) >= from && timeOf(cursor) < to && decode(cursor);
  const older = direction === "older";
  const conditions = [
    start && !older ? sql`e.occurred_at >= ${start.at} and (e.occurred_at, e.id) > (${start.at}, ${start.id})` : sql`e.occurred_at >= ${instant(from)}`,
    start && older ? sql`e.occurred_at <= ${start.at} and (e.occurred_at, e.id) < (${start.at}, ${start.id})` : sql`e.occurred_at < ${instant(to)}`,
    ...(message ? [sql`e.message ilike ${containing(message)}`] : []),
  ];
  return sql.join(conditions, sql` and `);
}

/** Matching entries in order, one index scan per actor or site (lateral join), so that no other entries are read. */
function entries(filter: EntryFilter, sites: readonly string[], seek: Cut, columns: SQL): SQL {
  const { admins } = filter;
  const orderAndLimit = sql`${inOrder(seek)} limit ${seek.limit}`;
  const scan = (key: SQL) => sql`select ${columns} from audit_entries e where ${key} ${within(filter, seek)} ${orderAndLimit}`;
  if (admins.length > 0 && sites.length > 0) {
    return sql`(select e.* from (${quarters(filter, sites, seek)}) k cross join lateral (
      ${scan(sql`e.actor_id = k.actor_id and e.site_id = k.site_id and e.occurred_at >= k.starts_at
        and e.occurred_at < k.starts_at + interval '15 minutes' and`)}) e ${orderAndLimit})`;
  }
  if (admins.length === 0 && sites.length === 0) return sql`(${scan(sql``)})`;
  const [column, keys] = admins.length > 0 ? [sql`e.actor_id`, admins] : [sql`e.site_id`, sites];
  return sql`(select e.* from unnest(${uuids(keys)}) k (id) cross join lateral (${scan(sql`${column} = k.id and`)}) e ${orderAndLimit})`;
}

/** The 15-minute intervals with entries of these actors at these sites, nearest first. */
function quarters({ admins, from, to }: EntryFilter, sites: readonly string[], { direction, place: cursor, limit }: Cut): SQL {
  const start = cursor && decode(cursor);
  const older = direction === "older";
  const beyond = start && (older ? sql`and a.starts_at <= ${start.at}` : sql`and a.starts_at > ${start.at} - interval '15 minutes'`);
  return sql`select a.actor_id, a.site_id, a.starts_at from audit_activity a
    where a.actor_id = any(${uuids(admins)}) and a.site_id = any(${uuids(sites)})
      and a.starts_at > ${instant(from)} - interval '15 minutes' and a.starts_at < ${instant(to)} ${beyond || sql``}
    order by a.starts_at ${older ? sql`desc` : sql`asc`} limit ${limit + admins.length * sites.length}`;
}

/** The sites to filter by: the chosen ones, or all that the reader may see; empty means no site filter. */
const sitesMeant = ({ sites }: View, chosen: readonly string[]) =>
  chosen.length > 0 ? chosen : sites === "all" ? [] : sites;

/** The SQL statement of a list page. */
export function pageStatement(context: View, filter: EntryFilter, seek: Cut): SQL {
  const sites = sitesMeant(context, filter.sites);
  if (sites.length === 0 && context.sites !== "all") return sql`select null where false`;
  return sql`select ${listed} from ${entries(filter, sites, seek, listColumns)} e ${inOrder(seek)}`;
}

async function readPage(context: View, filter: EntryFilter, { after, before }: { after?: string; before?: string }) {
  const newer = before !== undefined;
  const seek: Cut = { direction: newer ? "newer" : "older", place: before ?? after, limit: pageSize + 1 };
  const found: Selected[] = await context.tx.execute<Selected>(pageStatement(context, filter, seek));
  const hasMore = found.length > pageSize;
  if (newer && !hasMore && found.length < pageSize) return readFirst(context, filter);
  const rows = found.slice(0, pageSize);
  if (newer) rows.reverse();
  const next = newer || hasMore ? rows.at(-1)?.place : undefined;
  const previous = (newer ? hasMore : after !== undefined) ? (rows[0]?.place ?? after) : undefined;
  return { rows, next, previous };
}

const readFirst = (context: View, filter: EntryFilter): Promise<{ rows: Selected[]; next?: string; previous?: string }> =>
  readPage(context, filter, {});

/** Entry counts per histogram bar, from the 15-minute counts; the message filter does not apply. */
async function readActivity(context: View, filter: EntryFilter, bounds: readonly Date[]): Promise<number[]> {
  const starts = bounds.slice(0, -1);
  const sites = sitesMeant(context, filter.sites);
  const actorIds = filter.admins.length > 0 ? filter.admins : [everyone];
  const siteIds = sites.length > 0 || context.sites !== "all" ? sites : [everyone];
  const found = await context.tx.execute<{ bar: number; entries: number }>(sql`
    select width_bucket(greatest(starts_at, ${instant(filter.from)}),
      ${`{${starts.map((at) => at.toISOString()).join(",")}}`}::timestamptz[]) as bar, sum(entries)::int as entries
    from audit_activity
    where actor_id = any(${uuids(actorIds)}) and site_id = any(${uuids(siteIds)})
      and starts_at > ${instant(filter.from)} - interval '15 minutes' and starts_at < ${instant(filter.to)}
    group by 1`);
  const counts = new Map(found.map(({ bar, entries: count }) => [bar, count]));
  return starts.map((_, index) => counts.get(index + 1) ?? 0);
}

export type Choice = { id: string; name: string; email: string | null };
type Offered = Choice & { kind: "admin" | "site" };

/** The first matching people and sites by name, plus those already chosen. */
async function readChoices(context: View, { admins, sites }: EntryFilter, findAdmin: string, findSite: string) {
  const visible =
    context.sites === "all"
      ? sql`true`
      : sql`exists (select 1 from audit_activity v where v.actor_id = a.actor_id and v.site_id = any(${uuids(context.sites)}))`;
  const person = sql`select 'admin' as kind, a.actor_id as id, a.name, a.email from audit_actors a where ${visible}`;
  // Repeats the row-level security condition so that the planner can use the index.
  const visibleSites = context.sites === "all" ? sql`` : sql`s.id = any(${uuids(context.sites)}) and`;
  const site = sql`select 'site' as kind, s.id, s.name, null::text as email from sites s where ${visibleSites}`;
  const rows = await context.tx.execute<Offered>(sql`
    (${person} and a.name ilike ${containing(findAdmin)} order by a.name, a.actor_id limit ${mostChoices})
    union (${person} and a.actor_id = any(${uuids(admins)}))
    union (${site} s.name ilike ${containing(findSite)} order by s.name limit ${mostChoices})
    union (${site} s.id = any(${uuids(sites)}))
    order by kind, name, id`);
  const choices = (requested: Offered["kind"]): Choice[] =>
    rows.flatMap(({ kind, ...choice }) => (kind === requested ? [choice] : []));
  return { admins: choices("admin"), sites: choices("site") };
}

/** Names and emails of actors as recorded in this organization's log. */
async function namesOf(tx: Tx, actorIds: readonly string[]): Promise<Map<string, Choice>> {
  if (actorIds.length === 0) return new Map();
  const found = await tx.execute<Choice>(
    sql`select actor_id as id, name, email from audit_actors where actor_id = any(${uuids(actorIds)})`,
  );
  return new Map(found.map((actor) => [actor.id, actor]));
}

/** A page of the log, newest first, with the histogram and the filter choices. */
export const readAuditLog = query({
  permission: "audit.read",
  input: ReadAuditLog,
  async run(context, { after, before, bounds, findAdmin, findSite, ...filter }) {
    const [page, bars, choices] = await Promise.all([
      readPage(context, filter, { after, before }),
      readActivity(context, filter, bounds),
      readChoices(context, filter, findAdmin, findSite),
    ]);
    const known = new Map(choices.admins.map((actor) => [actor.id, actor]));
    const missing = new Set(page.rows.map(({ actorId }) => actorId).filter((id) => !known.has(id)));
    const others = await namesOf(context.tx, [...missing]);
    const rows = page.rows.map((row) => {
      const actor = known.get(row.actorId) ?? others.get(row.actorId);
      return { ...row, at: timeOf(row.place), admin: actor?.name ?? "", email: actor?.email ?? null };
    });
    return { ...page, rows, bars, choices };
  },
});

type Particulars = {
  actorKind: ActorKind;
  name: EventName;
  change: Change | null;
  address: string | null;
  browser: string | null;
  requestId: string | null;
};

/** An entry with all its details. */
export type EntryDetails = EntryRow & Particulars & { admin: string; email: string | null };

const particulars = sql`e.actor_kind as "actorKind", e.name, e.change, host(e.address) as "ipAddress", e.browser as "userAgent",
  e.request_id as "requestId"`;

async function told(tx: Tx, found: readonly (Selected & Particulars)[]): Promise<EntryDetails[]> {
  const names = await namesOf(tx, [...new Set(found.map(({ actorId }) => actorId))]);
  return found.map((entry) => {
    const actor = names.get(entry.actorId);
    return { ...entry, at: timeOf(entry.place), admin: actor?.name ?? "", email: actor?.email ?? null };
  });
}

/** One entry with all its details; throws `not_found`. */
export const findEntry = query({
  permission: "audit.read",
  input: FindEntry,
  async run({ tx }, { entry }): Promise<EntryDetails> {
    const { at, id } = decode(entry);
    const found = await tx.execute<Selected & Particulars>(
      sql`select ${listed}, ${particulars} from audit_entries e where e.occurred_at = ${at} and e.id = ${id}`,
    );
    const [details] = await told(tx, found);
    if (!details) throw notFound("Entry");
    return details;
  },
});

/** The cursor of the actor's own recent entry for a request, if the actor may see it. */
export const findOwnEntry = query({
  permission: "audit.read",
  input: FindOwnEntry,
  async run({ tx, actor }, { requestId }): Promise<string | null> {
    const [entry] = await tx.execute<{ cursor: string }>(
      sql`select ${placeColumn} from audit_entries e where e.actor_id = ${actor.id} and e.request_id = ${requestId}
        and e.occurred_at > now() - interval '10 minutes' order by e.occurred_at, e.id limit 1`,
    );
    return entry?.cursor ?? null;
  },
});

/** A page of an export, newest first. */
export const readExportPart = query({
  permission: "audit.export",
  input: ExportPart,
  async run(context, { after, ...filter }) {
    const seek: Cut = { direction: "older", place: after, limit: partSize };
    const sites = sitesMeant(context, filter.sites);
    if (sites.length === 0 && context.sites !== "all") return { rows: [], next: undefined };
    const found = await context.tx.execute<Selected & Particulars>(
      sql`select ${listed}, ${particulars} from ${entries(filter, sites, seek, sql`e.*`)} e ${inOrder(seek)}`,
    );
    return { rows: await told(context.tx, found), next: found.length === partSize ? found.at(-1)?.place : undefined };
  },
});
