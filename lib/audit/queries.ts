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
/** How many people or sites a menu offers before it has to be asked for more by name. */
export const mostChoices = 40;

/** An entry as the list shows it. Its place is its address within the log. */
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

function decode(place: string) {
  const [micros = "0", id = ""] = place.split("_");
  const rest = micros.slice(-6).padStart(6, "0");
  const whole = new Date(Number(micros.slice(0, -6)) * 1_000).toISOString();
  return { at: sql`${whole.replace(/\.\d+Z$/, `.${rest}Z`)}::timestamptz`, id: sql`${id}::uuid` };
}

const timeOf = (place: string) => new Date(Math.floor(Number(place.split("_", 1)[0]) / 1_000));
const placeColumn = sql`(extract(epoch from e.occurred_at) * 1000000)::bigint || '_' || e.id as place`;
const listed = sql`${placeColumn}, e.actor_id as "actorId", e.site_id as "siteId", e.site_name as "siteName", e.message, e.detailed`;
const listColumns = sql`e.occurred_at, e.id, e.actor_id, e.site_id, e.site_name, e.message, e.detailed`;

const inOrder = ({ direction }: Cut) =>
  direction === "older" ? sql`order by e.occurred_at desc, e.id desc` : sql`order by e.occurred_at, e.id`;

/**
 * What an entry must satisfy beside its keys. One bound at each end: a scan begins at the first it is given.
 * The plain comparison beside the pair lets whole months be left out.
 */
function within({ from, to, message }: EntryFilter, { direction, place }: Cut): SQL {
  const cut = place !== undefined && timeOf(place) >= from && timeOf(place) < to && decode(place);
  const older = direction === "older";
  const conditions = [
    cut && !older ? sql`e.occurred_at >= ${cut.at} and (e.occurred_at, e.id) > (${cut.at}, ${cut.id})` : sql`e.occurred_at >= ${instant(from)}`,
    cut && older ? sql`e.occurred_at <= ${cut.at} and (e.occurred_at, e.id) < (${cut.at}, ${cut.id})` : sql`e.occurred_at < ${instant(to)}`,
    ...(message ? [sql`e.message ilike ${containing(message)}`] : []),
  ];
  return sql.join(conditions, sql` and `);
}

/** The entries of a filter in order, a few at a time: each person or site by its own index, so that no others are walked. */
function entries(filter: EntryFilter, sites: readonly string[], cut: Cut, columns: SQL): SQL {
  const { admins } = filter;
  const some = sql`${inOrder(cut)} limit ${cut.limit}`;
  const one = (key: SQL) => sql`select ${columns} from audit_entries e where ${key} ${within(filter, cut)} ${some}`;
  if (admins.length > 0 && sites.length > 0) {
    return sql`(select e.* from (${quarters(filter, sites, cut)}) k cross join lateral (
      ${one(sql`e.actor_id = k.actor_id and e.site_id = k.site_id and e.occurred_at >= k.starts_at
        and e.occurred_at < k.starts_at + interval '15 minutes' and`)}) e ${some})`;
  }
  if (admins.length === 0 && sites.length === 0) return sql`(${one(sql``)})`;
  const [column, keys] = admins.length > 0 ? [sql`e.actor_id`, admins] : [sql`e.site_id`, sites];
  return sql`(select e.* from unnest(${uuids(keys)}) k (id) cross join lateral (${one(sql`${column} = k.id and`)}) e ${some})`;
}

/** The quarters of an hour in which these people did something at these sites, nearest first. */
function quarters({ admins, from, to }: EntryFilter, sites: readonly string[], { direction, place, limit }: Cut): SQL {
  const cut = place && decode(place);
  const older = direction === "older";
  const beyond = cut && (older ? sql`and a.starts_at <= ${cut.at}` : sql`and a.starts_at > ${cut.at} - interval '15 minutes'`);
  return sql`select a.actor_id, a.site_id, a.starts_at from audit_activity a
    where a.actor_id = any(${uuids(admins)}) and a.site_id = any(${uuids(sites)})
      and a.starts_at > ${instant(from)} - interval '15 minutes' and a.starts_at < ${instant(to)} ${beyond || sql``}
    order by a.starts_at ${older ? sql`desc` : sql`asc`} limit ${limit + admins.length * sites.length}`;
}

/** The sites a reader means: those chosen, or all they may see; none where no site limits the list. */
const sitesMeant = ({ sites }: View, chosen: readonly string[]) =>
  chosen.length > 0 ? chosen : sites === "all" ? [] : sites;

/** The statement behind a page of the list, for reading and for measuring. */
export function pageStatement(view: View, filter: EntryFilter, cut: Cut): SQL {
  const sites = sitesMeant(view, filter.sites);
  if (sites.length === 0 && view.sites !== "all") return sql`select null where false`;
  return sql`select ${listed} from ${entries(filter, sites, cut, listColumns)} e ${inOrder(cut)}`;
}

async function readPage(view: View, filter: EntryFilter, { after, before }: { after?: string; before?: string }) {
  const newer = before !== undefined;
  const cut: Cut = { direction: newer ? "newer" : "older", place: before ?? after, limit: pageSize + 1 };
  const found: Selected[] = await view.tx.execute<Selected>(pageStatement(view, filter, cut));
  const more = found.length > pageSize;
  if (newer && !more && found.length < pageSize) return readFirst(view, filter);
  const rows = found.slice(0, pageSize);
  if (newer) rows.reverse();
  const next = newer || more ? rows.at(-1)?.place : undefined;
  const previous = (newer ? more : after !== undefined) ? (rows[0]?.place ?? after) : undefined;
  return { rows, next, previous };
}

const readFirst = (view: View, filter: EntryFilter): Promise<{ rows: Selected[]; next?: string; previous?: string }> =>
  readPage(view, filter, {});

/** How many entries each bar of the histogram stands for, from the counts alone; it knows nothing of messages. */
async function readActivity(view: View, filter: EntryFilter, bounds: readonly Date[]): Promise<number[]> {
  const starts = bounds.slice(0, -1);
  const sites = sitesMeant(view, filter.sites);
  const whom = filter.admins.length > 0 ? filter.admins : [everyone];
  const where = sites.length > 0 || view.sites !== "all" ? sites : [everyone];
  const found = await view.tx.execute<{ bar: number; entries: number }>(sql`
    select width_bucket(greatest(starts_at, ${instant(filter.from)}),
      ${`{${starts.map((at) => at.toISOString()).join(",")}}`}::timestamptz[]) as bar, sum(entries)::int as entries
    from audit_activity
    where actor_id = any(${uuids(whom)}) and site_id = any(${uuids(where)})
      and starts_at > ${instant(filter.from)} - interval '15 minutes' and starts_at < ${instant(filter.to)}
    group by 1`);
  const counts = new Map(found.map(({ bar, entries: count }) => [bar, count]));
  return starts.map((_, at) => counts.get(at + 1) ?? 0);
}

export type Choice = { id: string; name: string; email: string | null };
type Offered = Choice & { kind: "admin" | "site" };

/** People and sites to filter by: the first few hundred by name, and in any case those already chosen. */
async function readChoices(view: View, { admins, sites }: EntryFilter, findAdmin: string, findSite: string) {
  const seen =
    view.sites === "all"
      ? sql`true`
      : sql`exists (select 1 from audit_activity v where v.actor_id = a.actor_id and v.site_id = any(${uuids(view.sites)}))`;
  const person = sql`select 'admin' as kind, a.actor_id as id, a.name, a.email from audit_actors a where ${seen}`;
  // Told again where row security alone would walk every site to show a few.
  const theirs = view.sites === "all" ? sql`` : sql`s.id = any(${uuids(view.sites)}) and`;
  const place = sql`select 'site' as kind, s.id, s.name, null::text as email from sites s where ${theirs}`;
  const offered = await view.tx.execute<Offered>(sql`
    (${person} and a.name ilike ${containing(findAdmin)} order by a.name, a.actor_id limit ${mostChoices})
    union (${person} and a.actor_id = any(${uuids(admins)}))
    union (${place} s.name ilike ${containing(findSite)} order by s.name limit ${mostChoices})
    union (${place} s.id = any(${uuids(sites)}))
    order by kind, name, id`);
  const choices = (wanted: Offered["kind"]): Choice[] =>
    offered.flatMap(({ kind, ...choice }) => (kind === wanted ? [choice] : []));
  return { admins: choices("admin"), sites: choices("site") };
}

/** Under which names people appear in this organization's log. */
async function namesOf(tx: Tx, actorIds: readonly string[]): Promise<Map<string, Choice>> {
  if (actorIds.length === 0) return new Map();
  const found = await tx.execute<Choice>(
    sql`select actor_id as id, name, email from audit_actors where actor_id = any(${uuids(actorIds)})`,
  );
  return new Map(found.map((one) => [one.id, one]));
}

/** A page of the log, newest first, with what it can be filtered by and how busy its period was. */
export const readAuditLog = query({
  permission: "audit.read",
  input: ReadAuditLog,
  async run(view, { after, before, bounds, findAdmin, findSite, ...filter }) {
    const [page, bars, choices] = await Promise.all([
      readPage(view, filter, { after, before }),
      readActivity(view, filter, bounds),
      readChoices(view, filter, findAdmin, findSite),
    ]);
    const known = new Map(choices.admins.map((one) => [one.id, one]));
    const strangers = new Set(page.rows.map(({ actorId }) => actorId).filter((id) => !known.has(id)));
    const others = await namesOf(view.tx, [...strangers]);
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

/** Everything an entry tells. */
export type EntryDetails = EntryRow & Particulars & { admin: string; email: string | null };

const particulars = sql`e.actor_kind as "actorKind", e.name, e.change, host(e.address) as address, e.browser,
  e.request_id as "requestId"`;

async function told(tx: Tx, found: readonly (Selected & Particulars)[]): Promise<EntryDetails[]> {
  const names = await namesOf(tx, [...new Set(found.map(({ actorId }) => actorId))]);
  return found.map((entry) => {
    const actor = names.get(entry.actorId);
    return { ...entry, at: timeOf(entry.place), admin: actor?.name ?? "", email: actor?.email ?? null };
  });
}

/** One entry in full, if there is one that the reader may see. */
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

/** Where the log tells of what its reader just did by this request; null where it does not, or not to them. */
export const findOwnEntry = query({
  permission: "audit.read",
  input: FindOwnEntry,
  async run({ tx, actor }, { requestId }): Promise<string | null> {
    const [entry] = await tx.execute<{ place: string }>(
      sql`select ${placeColumn} from audit_entries e where e.actor_id = ${actor.id} and e.request_id = ${requestId}
        and e.occurred_at > now() - interval '10 minutes' order by e.occurred_at, e.id limit 1`,
    );
    return entry?.place ?? null;
  },
});

/** The next thousand entries of an export, newest first. */
export const readExportPart = query({
  permission: "audit.export",
  input: ExportPart,
  async run(view, { after, ...filter }) {
    const cut: Cut = { direction: "older", place: after, limit: partSize };
    const sites = sitesMeant(view, filter.sites);
    if (sites.length === 0 && view.sites !== "all") return { rows: [], next: undefined };
    const found = await view.tx.execute<Selected & Particulars>(
      sql`select ${listed}, ${particulars} from ${entries(filter, sites, cut, sql`e.*`)} e ${inOrder(cut)}`,
    );
    return { rows: await told(view.tx, found), next: found.length === partSize ? found.at(-1)?.place : undefined };
  },
});
