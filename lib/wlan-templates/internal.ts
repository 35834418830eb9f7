import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import { siteGroups, sites, wlanTemplates, wlanTemplateScopes } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import type { Applied, WlanTemplate } from "@/lib/wlan-templates/rules";

async function placesOf(tx: Tx, templateId: string): Promise<Omit<Applied, "organization">> {
  const rows = await tx
    .select({ siteId: wlanTemplateScopes.siteId, groupId: wlanTemplateScopes.groupId, isException: wlanTemplateScopes.isException, site: sites.name, group: siteGroups.name })
    .from(wlanTemplateScopes)
    .leftJoin(sites, eq(sites.id, wlanTemplateScopes.siteId))
    .leftJoin(siteGroups, eq(siteGroups.id, wlanTemplateScopes.groupId))
    .where(eq(wlanTemplateScopes.templateId, templateId))
    .orderBy(naturalOrder(sql`coalesce(${sites.name}, ${siteGroups.name})`));
  const groups = (isException: boolean) => rows.flatMap((row) => (row.isException === isException && row.groupId ? [{ id: row.groupId, name: row.group ?? "" }] : []));
  const single = (isException: boolean) => rows.flatMap((row) => (row.isException === isException && row.siteId ? [{ id: row.siteId, name: row.site ?? "" }] : []));
  return { groups: groups(false), sites: single(false), exceptGroups: groups(true), exceptSites: single(true) };
}

async function readTemplate(tx: Tx, templateId: string, lock?: "no key update"): Promise<WlanTemplate> {
  const select = tx.select({ id: wlanTemplates.id, name: wlanTemplates.name, version: wlanTemplates.version, organization: wlanTemplates.appliesToOrganization }).from(wlanTemplates).where(eq(wlanTemplates.id, templateId));
  const [found] = await (lock ? select.for(lock) : select);
  if (!found) throw notFoundError("WLAN template");
  const { organization, ...template } = found;
  return { ...template, applied: { organization, ...(await placesOf(tx, templateId)) } };
}

/** One WLAN template with the visible places where it is applied; throws `not_found` when it is not visible. */
export const wlanTemplateById = (tx: Tx, templateId: string): Promise<WlanTemplate> => readTemplate(tx, templateId);

/** The same, locked until the transaction ends, so that changes of it and its WLANs follow each other. */
export const lockWlanTemplate = (tx: Tx, templateId: string): Promise<WlanTemplate> => readTemplate(tx, templateId, "no key update");

type Field = "groups" | "sites" | "exceptGroups" | "exceptSites";
export type ChosenPlaces = Readonly<Record<Field, readonly string[]>>;

const fieldLabels: Record<Field, string> = { groups: "groups", sites: "sites", exceptGroups: "groups", exceptSites: "sites" };

/** Keeps the chosen sites and then site groups from being deleted until the transaction ends; throws beside the field for one that is not there. */
export async function holdPlaces(tx: Tx, places: ChosenPlaces): Promise<void> {
  const held = { sites: await lockById(tx, sites, [...places.sites, ...places.exceptSites]), groups: await lockById(tx, siteGroups, [...places.groups, ...places.exceptGroups]) };
  for (const field of ["groups", "sites", "exceptGroups", "exceptSites"] as const) {
    const known = field === "sites" || field === "exceptSites" ? held.sites : held.groups;
    const isGone = places[field].some((id) => !known.has(id));
    if (isGone) throw new AppError("invalid", "Check the marked fields", { [field]: [`One of these ${fieldLabels[field]} no longer exists`] });
  }
}

async function lockById(tx: Tx, table: typeof sites | typeof siteGroups, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.select({ id: table.id }).from(table).where(inArray(table.id, [...ids])).orderBy(table.id).for("key share");
  return new Set(rows.map(({ id }) => id));
}

/** Replaces where a template is applied; the same place cannot be both chosen and excepted. */
export async function replacePlaces(tx: Tx, templateId: string, { groups, sites: siteIds, exceptGroups, exceptSites }: ChosenPlaces): Promise<void> {
  const isBoth = (field: Field, one: readonly string[], other: readonly string[]) => {
    if (one.some((id) => other.includes(id))) throw new AppError("invalid", "Check the marked fields", { [field]: ["One of these is also where it is applied"] });
  };
  isBoth("exceptGroups", exceptGroups, groups);
  isBoth("exceptSites", exceptSites, siteIds);
  await tx.delete(wlanTemplateScopes).where(eq(wlanTemplateScopes.templateId, templateId));
  const rowsOf = (ids: readonly string[], key: "siteId" | "groupId", isException: boolean) => [...new Set(ids)].map((id) => ({ templateId, [key]: id, isException }));
  const rows = [...rowsOf(siteIds, "siteId", false), ...rowsOf(groups, "groupId", false), ...rowsOf(exceptSites, "siteId", true), ...rowsOf(exceptGroups, "groupId", true)];
  if (rows.length > 0) await tx.insert(wlanTemplateScopes).values(rows);
}
