import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { ALL_ID } from "@/db/schema";
import type { Change } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { GetExportPage, GetAuditEntry, GetOwnEntry, type EntryFilter, GetAuditLog } from "@/lib/audit/schema";
import { maxPeriodDays } from "@/lib/audit/rules";
import { uuidArray } from "@/lib/kernel/keyset-pagination";
import { searchCondition } from "@/lib/kernel/text-search";
import { query, type QueryContext } from "@/lib/kernel/query";
import type { ActorKind } from "@/lib/shared/roles";
import type { EventName } from "@/lib/shared/events";
import { notFoundError } from "@/lib/shared/app-error";

export const pageSize = 50;
const exportPageSize = 1_000;
/** Maximum number of people or sites in a filter menu; the rest is found by name. */
export const maxFilterChoices = 40;

/** A row of the list. */
export type EntryRow = {
  cursor: string;
  at: Date;
  actorId: string;
  siteId: string | null;
  siteName: string | null;
  message: string;
  detailed: boolean;
};

type RawEntryRow = Omit<EntryRow, "at">;
type Direction = "older" | "newer";
type SeekOptions = { direction: Direction; cursor?: string; limit: number };

const timestampLiteral = (at: Date) => sql`${at.toISOString()}::timestamptz`;

function decodeCursor(cursor: string) {
  const [micros = "0", id = ""] = cursor.split("_");
  const fraction = micros.slice(-6).padStart(6, "0");
  const iso = new Date(Number(micros.slice(0, -6)) * 1_000).toISOString();
  return { at: sql`${iso.replace(/\.\d+Z$/, `.${fraction}Z`)}::timestamptz`, id: sql`${id}::uuid` };
}

const cursorTime = (cursor: string) => new Date(Math.floor(Number(cursor.split("_", 1)[0]) / 1_000));
const cursorColumn = sql`(extract(epoch from e.occurred_at) * 1000000)::bigint || '_' || e.id as cursor`;
const entryRowColumns = sql`${cursorColumn}, e.actor_id as "actorId", e.site_id as "siteId", e.site_name as "siteName", e.message, e.detailed`;
const sourceColumns = sql`e.occurred_at, e.id, e.actor_id, e.site_id, e.site_name, e.message, e.detailed`;

const orderByClause = ({ direction }: SeekOptions) =>
  direction === "older" ? sql`order by e.occurred_at desc, e.id desc` : sql`order by e.occurred_at, e.id`;

// Most messages are plain ASCII, which takes a fraction of the time to fold.
const foldedMessage = sql`case when octet_length(e.message) = length(e.message) then lower(e.message collate "C") else fold_search(e.message) end`;

/**
 * Conditions besides the actor and site keys. Exactly one bound at each end, so that the index scan starts there;
 * the plain comparison beside the row comparison enables partition pruning.
 */
function whereClause({ from, to, message }: EntryFilter, { direction, cursor }: SeekOptions): SQL {
  const start = cursor !== undefined && cursorTime(cursor) >= from && cursorTime(cursor) < to && decodeCursor(cursor);
  const older = direction === "older";
  const messageMatches = searchCondition(message, (pattern) => sql`${foldedMessage} like ${pattern}`);
  const conditions = [
    start && !older ? sql`e.occurred_at >= ${start.at} and (e.occurred_at, e.id) > (${start.at}, ${start.id})` : sql`e.occurred_at >= ${timestampLiteral(from)}`,
    start && older ? sql`e.occurred_at <= ${start.at} and (e.occurred_at, e.id) < (${start.at}, ${start.id})` : sql`e.occurred_at < ${timestampLiteral(to)}`,
    ...(messageMatches ? [messageMatches] : []),
  ];
  return sql.join(conditions, sql` and `);
}

/** Matching entries in order, one index scan per actor or site (lateral join), so that no other entries are read. */
function entriesQuery(filter: EntryFilter, sites: readonly string[], seek: SeekOptions, columns: SQL): SQL {
  const { admins } = filter;
  const orderAndLimit = sql`${orderByClause(seek)} limit ${seek.limit}`;
  const scan = (key: SQL) => sql`select ${columns} from audit_entries e where ${key} ${whereClause(filter, seek)} ${orderAndLimit}`;
  if (admins.length > 0 && sites.length > 0) {
    return sql`(select e.* from (${intervalsWithEntries(filter, sites, seek)}) k cross join lateral (
      ${scan(sql`e.actor_id = k.actor_id and e.site_id = k.site_id and e.occurred_at >= k.starts_at
        and e.occurred_at < k.starts_at + interval '15 minutes' and`)}) e ${orderAndLimit})`;
  }
  if (admins.length === 0 && sites.length === 0) return sql`(${scan(sql``)})`;
  const [column, keys] = admins.length > 0 ? [sql`e.actor_id`, admins] : [sql`e.site_id`, sites];
  return sql`(select e.* from unnest(${uuidArray(keys)}) k (id) cross join lateral (${scan(sql`${column} = k.id and`)}) e ${orderAndLimit})`;
}

/** The 15-minute intervals with entries of these actors at these sites, nearest first. */
function intervalsWithEntries({ admins, from, to }: EntryFilter, sites: readonly string[], { direction, cursor, limit }: SeekOptions): SQL {
  const start = cursor && decodeCursor(cursor);
  const older = direction === "older";
  const beyond = start && (older ? sql`and a.starts_at <= ${start.at}` : sql`and a.starts_at > ${start.at} - interval '15 minutes'`);
  return sql`select a.actor_id, a.site_id, a.starts_at from audit_entry_counts a
    where a.actor_id = any(${uuidArray(admins)}) and a.site_id = any(${uuidArray(sites)})
      and a.starts_at > ${timestampLiteral(from)} - interval '15 minutes' and a.starts_at < ${timestampLiteral(to)} ${beyond || sql``}
    order by a.starts_at ${older ? sql`desc` : sql`asc`} limit ${limit + admins.length * sites.length}`;
}

/** The sites to filter by: the chosen ones, or all that the reader may see; empty means no site filter. */
const effectiveSites = ({ sites }: QueryContext, chosen: readonly string[]) =>
  chosen.length > 0 ? chosen : sites === "all" ? [] : sites;

/** The SQL statement of a list page. */
export function pageStatement(context: QueryContext, filter: EntryFilter, seek: SeekOptions): SQL {
  const sites = effectiveSites(context, filter.sites);
  if (sites.length === 0 && context.sites !== "all") return sql`select null where false`;
  return sql`select ${entryRowColumns} from ${entriesQuery(filter, sites, seek, sourceColumns)} e ${orderByClause(seek)}`;
}

async function loadPage(context: QueryContext, filter: EntryFilter, { after, before }: { after?: string; before?: string }) {
  const newer = before !== undefined;
  const seek: SeekOptions = { direction: newer ? "newer" : "older", cursor: before ?? after, limit: pageSize + 1 };
  const found: RawEntryRow[] = await context.tx.execute<RawEntryRow>(pageStatement(context, filter, seek));
  const hasMore = found.length > pageSize;
  if (newer && !hasMore && found.length < pageSize) return loadFirstPage(context, filter);
  const rows = found.slice(0, pageSize);
  if (newer) rows.reverse();
  const next = newer || hasMore ? rows.at(-1)?.cursor : undefined;
  const previous = (newer ? hasMore : after !== undefined) ? (rows[0]?.cursor ?? after) : undefined;
  return { rows, next, previous };
}

const loadFirstPage = (context: QueryContext, filter: EntryFilter): Promise<{ rows: RawEntryRow[]; next?: string; previous?: string }> =>
  loadPage(context, filter, {});

/** Entry counts per histogram bar, from the 15-minute counts; the message filter does not apply. */
async function loadHistogram(context: QueryContext, filter: EntryFilter, bounds: readonly Date[]): Promise<number[]> {
  const starts = bounds.slice(0, -1);
  const sites = effectiveSites(context, filter.sites);
  const actorIds = filter.admins.length > 0 ? filter.admins : [ALL_ID];
  const siteIds = sites.length > 0 || context.sites !== "all" ? sites : [ALL_ID];
  const found = await context.tx.execute<{ bar: number; entries: number }>(sql`
    select width_bucket(greatest(starts_at, ${timestampLiteral(filter.from)}),
      ${`{${starts.map((at) => at.toISOString()).join(",")}}`}::timestamptz[]) as bar, sum(entries)::int as entries
    from audit_entry_counts
    where actor_id = any(${uuidArray(actorIds)}) and site_id = any(${uuidArray(siteIds)})
      and starts_at > ${timestampLiteral(filter.from)} - interval '15 minutes' and starts_at < ${timestampLiteral(filter.to)}
    group by 1`);
  const counts = new Map(found.map(({ bar, entries: count }) => [bar, count]));
  return starts.map((_, index) => counts.get(index + 1) ?? 0);
}

export type FilterChoice = { id: string; name: string; email: string | null };
type FilterChoiceRow = FilterChoice & { kind: "admin" | "site" };

/** The first matching people and sites by name, deleted ones too, plus those already chosen. */
async function loadFilterChoices(context: QueryContext, { admins, sites }: EntryFilter, findAdmin: string, findSite: string) {
  const visible =
    context.sites === "all"
      ? sql`true`
      : sql`exists (select 1 from audit_entry_counts v where v.actor_id = a.actor_id and v.site_id = any(${uuidArray(context.sites)}))`;
  const person = sql`select 'admin' as kind, a.actor_id as id, a.name, a.email from audit_actors a where ${visible}`;
  // Repeats the row-level security condition so that the planner can use the index.
  const visibleSites = context.sites === "all" ? sql`` : sql`s.id = any(${uuidArray(context.sites)}) and`;
  const site = sql`select 'site' as kind, s.id, s.name, null::text as email from sites s where ${visibleSites}`;
  const deletedSite = sql`select 'site', d.site_id, d.name || ' (deleted)', null::text from deleted_sites d where d.deleted_at > now() - make_interval(days => ${maxPeriodDays}) and`;
  const personSearch = searchCondition(findAdmin, (pattern) => sql`a.search_text like ${pattern}`) ?? sql`true`;
  const siteSearch = searchCondition(findSite, (pattern) => sql`s.search_text like ${pattern} and fold_search(s.name) like ${pattern}`) ?? sql`true`;
  const deletedSearch = searchCondition(findSite, (pattern) => sql`fold_search(d.name) like ${pattern}`) ?? sql`true`;
  const rows = await context.tx.execute<FilterChoiceRow>(sql`
    select * from ((${person} and ${personSearch} order by ${naturalOrder(sql`a.name`)}, a.actor_id limit ${maxFilterChoices})
    union (${person} and a.actor_id = any(${uuidArray(admins)}))
    union (${site} ${siteSearch} order by ${naturalOrder(sql`s.name`)} limit ${maxFilterChoices})
    union (${site} s.id = any(${uuidArray(sites)}))
    union (${deletedSite} ${deletedSearch} order by ${naturalOrder(sql`d.name`)} limit ${maxFilterChoices})
    union (${deletedSite} d.site_id = any(${uuidArray(sites)}))) choices
    order by kind, ${naturalOrder(sql`name`)}, id`);
  const choices = (requested: FilterChoiceRow["kind"]): FilterChoice[] =>
    rows.flatMap(({ kind, ...choice }) => (kind === requested ? [choice] : []));
  return { admins: choices("admin"), sites: choices("site") };
}

/** Names and emails of actors as recorded in this organization's log. */
async function actorsById(tx: Tx, actorIds: readonly string[]): Promise<Map<string, FilterChoice>> {
  if (actorIds.length === 0) return new Map();
  const found = await tx.execute<FilterChoice>(
    sql`select actor_id as id, name, email from audit_actors where actor_id = any(${uuidArray(actorIds)})`,
  );
  return new Map(found.map((actor) => [actor.id, actor]));
}

/** A page of the log, newest first, with the histogram and the filter choices. */
export const getAuditLog = query({
  permission: "audit.read",
  input: GetAuditLog,
  async run(context, { after, before, bounds, findAdmin, findSite, ...filter }) {
    const [page, bars, choices] = await Promise.all([
      loadPage(context, filter, { after, before }),
      loadHistogram(context, filter, bounds),
      loadFilterChoices(context, filter, findAdmin, findSite),
    ]);
    const known = new Map(choices.admins.map((actor) => [actor.id, actor]));
    const missing = new Set(page.rows.map(({ actorId }) => actorId).filter((id) => !known.has(id)));
    const [others, counted] = await Promise.all([actorsById(context.tx, [...missing]), withCounts(context.tx, page.rows)]);
    const rows = counted.map((row) => {
      const actor = known.get(row.actorId) ?? others.get(row.actorId);
      return { ...row, at: cursorTime(row.cursor), admin: actor?.name ?? "", email: actor?.email ?? null };
    });
    return { ...page, rows, bars, choices };
  },
});

const entryId = (cursor: string) => cursor.slice(cursor.indexOf("_") + 1);

/** The entries with "(n times)" in the message of those that stand for several refusals. */
async function withCounts<Row extends RawEntryRow>(tx: Tx, rows: readonly Row[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const ids = uuidArray(rows.map(({ cursor }) => entryId(cursor)));
  const found = await tx.execute<{ id: string; times: number }>(sql`select entry_id as id, times from access_denials where entry_id = any(${ids}) and times > 1`);
  const times = new Map(found.map((row) => [row.id, row.times]));
  return rows.map((row) => {
    const count = times.get(entryId(row.cursor));
    return count === undefined ? row : { ...row, message: `${row.message} (${count} times)` };
  });
}

type DetailFields = {
  actorKind: ActorKind;
  name: EventName;
  change: Change | null;
  ipAddress: string | null;
  userAgent: string | null;
  requestId: string | null;
};

/** An entry with all its details. */
export type EntryDetails = EntryRow & DetailFields & { admin: string; email: string | null };

const detailColumns = sql`e.actor_kind as "actorKind", e.name, e.change, host(e.ip_address) as "ipAddress", e.user_agent as "userAgent",
  e.request_id as "requestId"`;

async function withActorNames<Row extends RawEntryRow>(tx: Tx, found: readonly Row[]) {
  const [names, counted] = await Promise.all([actorsById(tx, [...new Set(found.map(({ actorId }) => actorId))]), withCounts(tx, found)]);
  return counted.map((entry) => {
    const actor = names.get(entry.actorId);
    return { ...entry, at: cursorTime(entry.cursor), admin: actor?.name ?? "", email: actor?.email ?? null };
  });
}

/** The newest entries of a period, and how many there are in each bar of its histogram. */
export async function readRecentActivity(context: QueryContext, period: Pick<EntryFilter, "from" | "to">, bounds: readonly Date[], limit: number) {
  const filter = { ...period, admins: [], sites: [], message: "" };
  const [found, counts] = await Promise.all([
    context.tx.execute<RawEntryRow>(pageStatement(context, filter, { direction: "older", limit })),
    loadHistogram(context, filter, bounds),
  ]);
  return { entries: await withActorNames(context.tx, found), counts };
}

/** One entry with all its details; throws `not_found`. */
export const getAuditEntry = query({
  permission: "audit.read",
  input: GetAuditEntry,
  async run({ tx }, { entry }): Promise<EntryDetails> {
    const { at, id } = decodeCursor(entry);
    const found = await tx.execute<RawEntryRow & DetailFields>(
      sql`select ${entryRowColumns}, ${detailColumns} from audit_entries e where e.occurred_at = ${at} and e.id = ${id}`,
    );
    const [details] = await withActorNames(tx, found);
    if (!details) throw notFoundError("Entry");
    return details;
  },
});

type OwnEntry = { cursor: string; name: EventName; message: string };

/** The actor's own recent entry for a request, if the actor may see it. */
export const getOwnEntry = query({
  permission: "audit.read",
  input: GetOwnEntry,
  async run({ tx, actor }, { requestId }): Promise<OwnEntry | null> {
    const [entry] = await tx.execute<OwnEntry>(
      sql`select ${cursorColumn}, e.name, e.message from audit_entries e where e.actor_id = ${actor.id} and e.request_id = ${requestId}
        and e.occurred_at > now() - interval '10 minutes' order by e.occurred_at, e.id limit 1`,
    );
    return entry ?? null;
  },
});

/** A page of an export, newest first. */
export const getExportPage = query({
  permission: "audit.export",
  input: GetExportPage,
  async run(context, { after, ...filter }) {
    const seek: SeekOptions = { direction: "older", cursor: after, limit: exportPageSize };
    const sites = effectiveSites(context, filter.sites);
    if (sites.length === 0 && context.sites !== "all") return { rows: [], next: undefined };
    const found = await context.tx.execute<RawEntryRow & DetailFields>(
      sql`select ${entryRowColumns}, ${detailColumns} from ${entriesQuery(filter, sites, seek, sql`e.*`)} e ${orderByClause(seek)}`,
    );
    return { rows: await withActorNames(context.tx, found), next: found.length === exportPageSize ? found.at(-1)?.cursor : undefined };
  },
});
