import { createHash } from "node:crypto";
import { accessEndMoment, accessSummary, lastSuperUserError } from "@/lib/administrators/rules";
import type { DocumentRows } from "@/lib/organization-documents/queries";
import { byName, type CompleteDocument, type DocumentAdmin, type DocumentSite, isSiteList, type ParsedDocument, scopeNames, settingsOrder, storedPath } from "@/lib/organization-documents/rules";
import { documentProblems, settingLabel } from "@/lib/settings/rules";
import { valueAt, withChanges } from "@/lib/shared/settings/document";
import { siteDocumentProblems, siteSettingLabel, siteSettingPaths } from "@/lib/site-settings/rules";
import { countText } from "@/lib/shared/count-text";
import { foldName } from "@/lib/shared/fold-text";
import { mostInvitees } from "@/lib/shared/invitee-limits";
import { roles, type ScopeKind, scopeKinds } from "@/lib/shared/roles";
import type { ItemResult } from "@/lib/shared/selection";

type SiteRow = DocumentRows["sites"][number];
type GroupRow = DocumentRows["groups"][number];
export type AdminRow = DocumentRows["admins"][number];

/** One change of a plan; what is not there yet has no row. */
export type SettingChange = { path: string; before: unknown; after: unknown };
export type GroupChange = { row?: GroupRow; name?: string };
export type SiteChange = { row?: SiteRow; site?: DocumentSite; /** What changes in the settings of the site, its coordinates and its notes. */ settings?: SettingChange[] };
export type AdminChange = { row?: AdminRow; admin?: DocumentAdmin; endsAt?: Date | null };

/** What importing a document would change. Something with a row and nothing new is removed. */
export type Plan = {
  settings: SettingChange[];
  groups: GroupChange[];
  sites: SiteChange[];
  admins: AdminChange[];
  /** What the document asks for and will not happen. */
  notes: string[];
};

type Current = { document: CompleteDocument; rows: DocumentRows };
type Options = { remove: boolean; accountId: string; now: Date };

const hasSameNames = (one: readonly string[], other: readonly string[]) => {
  const names = new Set(one.map(foldName));
  return names.size === new Set(other.map(foldName)).size && other.every((name) => names.has(foldName(name)));
};

function isSameSetting(path: string, one: unknown, other: unknown): boolean {
  if (isSiteList(path) && Array.isArray(one) && Array.isArray(other)) return hasSameNames(one as string[], other as string[]);
  return JSON.stringify(one) === JSON.stringify(other);
}

function planSettings({ document, errorAt }: ParsedDocument, current: Current, { remove }: Options): SettingChange[] {
  const { settings } = document;
  if (!settings) return [];
  const changes = settingsOrder.flatMap((path) => {
    const [before, after] = [valueAt(current.document.settings, path), valueAt(settings, path)];
    const isKept = after === undefined && (!remove || path === "name");
    return isKept || isSameSetting(path, before, after) ? [] : [{ path, before, after }];
  });
  const result = withChanges(current.document.settings, Object.fromEntries(changes.map(({ path, after }) => [path, after])));
  const [problem] = Object.entries(documentProblems(result));
  if (problem && changes.length > 0) throw errorAt(["settings", ...problem[0].split(".")], problem[1]);
  return changes;
}

function planGroups({ document: { sitegroups } }: ParsedDocument, { rows }: Current, { remove }: Options): GroupChange[] {
  if (!sitegroups) return [];
  const existing = new Map(rows.groups.map((row) => [foldName(row.name), row]));
  const named = new Set(sitegroups.map(({ name }) => foldName(name)));
  const wanted = sitegroups.flatMap(({ name }): GroupChange[] => {
    const row = existing.get(foldName(name));
    return row?.name === name ? [] : [{ row, name }];
  });
  return [...wanted, ...(remove ? byName(rows.groups, ({ name }) => name).filter(({ name }) => !named.has(foldName(name))).map((row) => ({ row })) : [])];
}

/** Whether the fields of a site are what the document says; what the document leaves out is as it is. */
const hasSameFields = (row: SiteRow, { name, country_code, timezone, address = row.streetAddress, sitegroups = row.groups }: DocumentSite) =>
  row.name === name && row.country === country_code && row.timeZone === timezone && row.streetAddress === address && hasSameNames(row.groups, sitegroups);

/** What a document says of the values of a site by path: null removes one, undefined leaves it. */
const wantedValues = ({ latlng, notes, setting }: DocumentSite, remove: boolean): [string, unknown][] => [
  ["latlng", latlng],
  ["notes", notes === "" ? null : notes],
  ...(setting ? siteSettingPaths.map((path): [string, unknown] => [path, valueAt(setting, path) ?? (remove ? null : undefined)]) : []),
];

/** The settings of a site that the document changes. */
function siteSettingChanges(row: SiteRow | undefined, site: DocumentSite, remove: boolean): SettingChange[] {
  return wantedValues(site, remove).flatMap(([path, wanted]) => {
    const [before, after] = [row && valueAt(row.document, path), wanted ?? undefined];
    return wanted === undefined || isSameSetting(path, before, after) ? [] : [{ path, before, after }];
  });
}

function planSites({ document: { sites }, errorAt }: ParsedDocument, { rows }: Current, { remove }: Options): SiteChange[] {
  if (!sites) return [];
  const existing = new Map(rows.sites.map((row) => [foldName(row.name), row]));
  const named = new Set(sites.map(({ name }) => foldName(name)));
  const wanted = sites.flatMap((site, at): SiteChange[] => {
    const row = existing.get(foldName(site.name));
    const settings = siteSettingChanges(row, site, remove);
    const result = withChanges(row?.document ?? {}, Object.fromEntries(settings.map(({ path, after }) => [path, after])));
    const [problem] = settings.length > 0 ? Object.entries(siteDocumentProblems(result)) : [];
    if (problem) throw errorAt(["sites", at, "setting", ...problem[0].split(".")], problem[1]);
    return row && settings.length === 0 && hasSameFields(row, site) ? [] : [{ row, site, settings }];
  });
  return [...wanted, ...(remove ? byName(rows.sites, ({ name }) => name).filter(({ name }) => !named.has(foldName(name))).map((row) => ({ row })) : [])];
}

/** When the access ends: as the document says; where it says nothing, as it is, or without an end where removal is asked for. */
function endOf({ access_ends_at: end }: DocumentAdmin, row: AdminRow | undefined, { remove }: Options): Date | null {
  if (end === undefined) return remove ? null : (row?.accessEndsAt ?? null);
  return end === null ? null : new Date(end);
}

function isSameAdmin(row: AdminRow, { role, scope, sites, sitegroups }: DocumentAdmin, endsAt: Date | null): boolean {
  if (row.role !== role || scopeNames[row.scope] !== scope || row.accessEndsAt?.getTime() !== endsAt?.getTime()) return false;
  return scope === "org" || hasSameNames(scope === "site" ? row.siteNames : row.groupNames, scope === "site" ? sites : sitegroups);
}

function planAdmins({ document: { admins }, errorAt }: ParsedDocument, { rows }: Current, options: Options) {
  if (!admins) return { admins: [], notes: [] };
  const existing = new Map(rows.admins.map((row) => [row.email, row]));
  const named = new Set(admins.map(({ email }) => email));
  const wanted = admins.flatMap((admin, at): AdminChange[] => {
    const row = existing.get(admin.email);
    const endsAt = endOf(admin, row, options);
    if (row && isSameAdmin(row, admin, endsAt)) return [];
    if (endsAt && endsAt <= options.now) throw errorAt(["admins", at, "access_ends_at"], "this moment is over");
    return [{ row, admin, endsAt }];
  });
  const removed = options.remove ? byName(rows.admins, ({ email }) => email).filter(({ email }) => !named.has(email)).map((row): AdminChange => ({ row })) : [];
  const all = [...wanted, ...removed];
  const isOwn = ({ row }: AdminChange) => row?.accountId === options.accountId;
  const changes = all.filter((change) => !isOwn(change));
  if (changes.filter(({ row }) => !row).length > mostInvitees) throw errorAt(["admins"], `at most ${mostInvitees} people are invited at once. Leave some of them out`);
  requireSuperUserLeft(rows.admins, changes);
  return { admins: changes, notes: all.some(isOwn) ? ["Your own access stays as it is. Another Super User can change it"] : [] };
}

function requireSuperUserLeft(rows: readonly AdminRow[], changes: readonly AdminChange[]) {
  const changed = new Map(changes.flatMap((change) => (change.row ? [[change.row.id, change]] : [])));
  const isLeft = ({ id, accountId, isSuspended, role, accessEndsAt }: AdminRow) => {
    const change = changed.get(id);
    const after = change ? { role: change.admin?.role, endsAt: change.endsAt ?? null } : { role, endsAt: accessEndsAt };
    return accountId !== null && !isSuspended && after.role === "super_user" && after.endsAt === null;
  };
  if (changed.size > 0 && !rows.some(isLeft)) throw lastSuperUserError();
}

/** The names that are left after the plan: those of the document and, unless they are removed, those of the organization. */
function namesAfter(before: readonly { name: string }[], part: readonly { name: string }[] | undefined, remove: boolean): Set<string> {
  const kept = part && remove ? [] : before;
  return new Set([...kept, ...(part ?? [])].map(({ name }) => foldName(name)));
}

/** Throws for the first name in the document that means no site or site group. */
function checkReferences({ document, errorAt }: ParsedDocument, { rows }: Current, changes: SettingChange[], { remove }: Options) {
  const siteNames = namesAfter(rows.sites, document.sites, remove);
  const groupNames = namesAfter(rows.groups, document.sitegroups, remove);
  const check = (known: ReadonlySet<string>, noun: string, names: readonly string[] | undefined, path: readonly PropertyKey[]) => {
    const at = (names ?? []).findIndex((name) => !known.has(foldName(name)));
    if (at >= 0) throw errorAt([...path, at], `no ${noun} is called “${names?.[at]}”`);
  };
  document.sites?.forEach(({ sitegroups }, at) => check(groupNames, "site group", sitegroups, ["sites", at, "sitegroups"]));
  document.admins?.forEach(({ sites, sitegroups }, at) => {
    check(siteNames, "site", sites, ["admins", at, "sites"]);
    check(groupNames, "site group", sitegroups, ["admins", at, "sitegroups"]);
  });
  for (const { path, after } of changes) if (isSiteList(path)) check(siteNames, "site", after as string[] | undefined, ["settings", ...path.split(".")]);
}

/** What importing the document changes in the organization; throws for what cannot be imported. */
export function makePlan(parsed: ParsedDocument, current: Current, options: Options): Plan {
  const settings = planSettings(parsed, current, options);
  checkReferences(parsed, current, settings, options);
  const sites = planSites(parsed, current, options);
  return { settings, groups: planGroups(parsed, current, options), sites, ...planAdmins(parsed, current, options) };
}

/** Whether a plan changes nothing. */
export const isEmpty = ({ settings, groups, sites, admins }: Plan): boolean => settings.length + groups.length + sites.length + admins.length === 0;

/** Equal for plans that make the same changes of the same state. */
export const planKey = (plan: Plan): string => createHash("sha256").update(JSON.stringify(plan)).digest("hex");

const maxShown = 80;

function shownValue(value: unknown): string {
  if (value === undefined || value === null) return "the default";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return String(value);
  const text = Array.isArray(value) ? value.join(", ") || "none" : typeof value === "string" ? value : JSON.stringify(value);
  return `“${text.length > maxShown ? `${text.slice(0, maxShown)}…` : text}”`;
}

type Difference = [label: string, before: unknown, after: unknown];

const differencesText = (differences: readonly Difference[]) =>
  differences
    .filter(([, before, after]) => JSON.stringify(before) !== JSON.stringify(after))
    .map(([label, before, after]) => `${label} from ${shownValue(before)} to ${shownValue(after)}`)
    .join(", ");

const changeText = (differences: readonly Difference[]) => `changed: ${differencesText(differences)}`;

function siteText({ row, site, settings = [] }: SiteChange): string {
  if (!site) return "removed";
  const changed = settings.map(({ path, before, after }): Difference => [siteSettingLabel(path) ?? path, before, after]);
  if (!row) return changed.length > 0 ? `added, with ${countText(changed.length, "setting")}` : "added";
  const { name, country_code, timezone, address = row.streetAddress, sitegroups = row.groups } = site;
  return changeText([
    ["name", row.name, name],
    ["country", row.country, country_code],
    ["time zone", row.timeZone, timezone],
    ["address", row.streetAddress, address],
    ...(hasSameNames(row.groups, sitegroups) ? [] : [["site groups", row.groups, sitegroups] satisfies Difference]),
    ...changed,
  ]);
}

function groupText({ row, name }: GroupChange): string {
  if (name === undefined) return "removed. Access that it gave ends";
  return row ? changeText([["name", row.name, name]]) : "added";
}

const accessText = (scope: ScopeKind, sites: readonly string[], groups: readonly string[]) =>
  accessSummary({ scope, names: scope === "sites" ? sites : groups, count: scope === "sites" ? sites.length : groups.length });

function adminText({ row, admin, endsAt = null }: AdminChange): string {
  if (!admin) return row?.accountId ? "access revoked. They get an email" : "invitation cancelled";
  const access = accessText(scopeOf(admin), admin.sites, admin.sitegroups);
  if (!row) return `invited by email as ${roles[admin.role].label} for ${access}${endsAt ? `, until ${accessEndMoment(endsAt)}` : ""}`;
  return changeText([
    ["role", roles[row.role].label, roles[admin.role].label],
    ["site access", accessText(row.scope, row.siteNames, row.groupNames), access],
    ["end of access", accessEndMoment(row.accessEndsAt), accessEndMoment(endsAt)],
  ]);
}

/** The scope of an administrator in the document under the name that the portal uses. */
export const scopeOf = ({ scope }: DocumentAdmin): ScopeKind => scopeKinds.find((kind) => scopeNames[kind] === scope) ?? "sites";

/** The changes of a plan in words, in the order of the document, and what will not happen. */
export function planItems({ settings, groups, sites, admins, notes }: Plan): ItemResult[] {
  const items = [
    ...settings.map(({ path, before, after }) => ({ name: settingLabel(storedPath(path)) ?? path, text: `changed from ${shownValue(before)} to ${shownValue(after)}` })),
    ...groups.map((change) => ({ name: `Site group ${change.name ?? change.row?.name}`, text: groupText(change) })),
    ...sites.map((change) => ({ name: `Site ${change.site?.name ?? change.row?.name}`, text: siteText(change) })),
    ...admins.map((change) => ({ name: `Administrator ${change.admin?.email ?? change.row?.email}`, text: adminText(change) })),
  ];
  const done = items.map((item, at) => ({ ...item, id: String(at), done: true }));
  return [...notes.map((text, at) => ({ id: `note ${at}`, name: "Not imported", text, done: false })), ...done];
}

type Changed = { row?: unknown };

const counted = <C extends Changed>(changes: readonly C[], noun: string, isRemoved: (change: C) => boolean) => {
  const removed = changes.filter((change) => isRemoved(change)).length;
  const added = changes.filter(({ row }) => row === undefined).length;
  const parts = { added, changed: changes.length - added - removed, removed };
  return Object.entries(parts).flatMap(([verb, count]) => (count > 0 ? [`${countText(count, noun)} ${verb}`] : []));
};

/** The number of changes of each kind in words: "2 settings changed, 1 site added". */
export function planSummary({ settings, groups, sites, admins }: Plan): string {
  return [
    ...(settings.length > 0 ? [`${countText(settings.length, "setting")} changed`] : []),
    ...counted(groups, "site group", ({ name }: GroupChange) => name === undefined),
    ...counted(sites, "site", ({ site }: SiteChange) => !site),
    ...counted(admins, "administrator", ({ admin }: AdminChange) => !admin),
  ].join(", ");
}
