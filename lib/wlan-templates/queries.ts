import "server-only";
import { and, eq, inArray, like, not, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { deviceProfiles, rfTemplates, siteGroupMembers, sites, wlans, wlanTemplates, wlanTemplateScopes } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { batchSize, countUpToLimit, keyset, type PageQuery, uuidArray } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { namesInDocument } from "@/lib/shared/variables";
import { siteSettingsById } from "@/lib/site-settings/internal";
import { siteVariablesOf } from "@/lib/site-settings/rules";
import { effectiveValues, variableUse } from "@/lib/site-variables/rules";
import { siteNameMatches } from "@/lib/sites/queries";
import { GetTemplate, ListTemplates } from "@/lib/templates/schema";
import { wlanTemplateById } from "@/lib/wlan-templates/internal";
import { appliedText, type SiteResolution, type WlanTemplate } from "@/lib/wlan-templates/rules";
import { GetSiteWlanTemplates, ListTemplateSites } from "@/lib/wlan-templates/schema";
import { readWlans, secretValues, type StoredWlan } from "@/lib/wlans/internal";
import { namesOf, problemsWith, type WlanText, wlanTexts } from "@/lib/wlans/rules";

// Names of tables are literal: Drizzle omits them in a single-table select.
const scopesOf = (isException: boolean) => sql`select 1 from ${wlanTemplateScopes} x where x.template_id = wlan_templates.id and x.is_exception = ${isException}
  and (x.site_id = sites.id or x.group_id in (select m.group_id from ${siteGroupMembers} m where m.site_id = sites.id))`;

/** Whether the template of a row reaches the site of a row, as the rule `reaches` says it. */
const templateReachesSite = sql`(wlan_templates.applies_to_organization or exists (${scopesOf(false)})) and not exists (${scopesOf(true)})`;

const placeCount = (condition: SQL) => sql<number>`(select count(*)::int from ${wlanTemplateScopes} x where x.template_id = wlan_templates.id and ${condition})`;

const columns = {
  id: wlanTemplates.id,
  name: wlanTemplates.name,
  organization: wlanTemplates.appliesToOrganization,
  wlans: sql<number>`(select count(*)::int from ${wlans} w where w.template_id = wlan_templates.id)`,
  groups: placeCount(sql`not x.is_exception and x.group_id is not null`),
  sites: placeCount(sql`not x.is_exception and x.site_id is not null`),
  exceptions: placeCount(sql`x.is_exception`),
};

type List = z.output<typeof ListTemplates>;

const matching = (search: string | undefined) => searchCondition(search, (pattern) => like(wlanTemplates.searchText, pattern));
const requestOf = (paging: Omit<List, "search">, size?: number) => keyset(paging, { sortKeys: { name: { by: wlanTemplates.name, type: "text" } }, defaultSort: "name", idColumn: wlanTemplates.id, size });

async function readPage(tx: Tx, filter: SQL | undefined, request: PageQuery) {
  const rows = await tx.select({ ...columns, at: request.at }).from(wlanTemplates).where(and(filter, request.where)).orderBy(...request.orderBy).limit(request.limit);
  return rows.map(({ organization, groups, sites: siteCount, exceptions, ...row }) => ({ ...row, type: null, sites: siteCount, applied: appliedText({ organization, groups, sites: siteCount, exceptions }) }));
}

/** A page of the WLAN templates with their number of WLANs and where they are applied, as far as it is visible, and their total number. */
export const listWlanTemplates = query({
  permission: "template.read",
  input: ListTemplates,
  async run({ tx }, { search, ...paging }) {
    const [request, filter] = [requestOf(paging), matching(search)];
    const page = request.page(await readPage(tx, filter, request));
    const count = () => countUpToLimit(tx, (limit) => tx.select({ id: wlanTemplates.id }).from(wlanTemplates).where(filter).limit(limit));
    return { ...page, total: page.next || page.previous ? await count() : page.rows.length };
  },
});

/** The next batch of an export, in the order of the page. */
export const readWlanTemplateBatch = query({
  permission: "template.read",
  input: ListTemplates,
  async run({ tx }, { search, ...paging }) {
    const request = requestOf(paging, batchSize);
    return request.page(await readPage(tx, matching(search), request));
  },
});

const textsOf = ({ document, secrets }: StoredWlan) => wlanTexts(document, secretValues(secrets));

const idsOf = (places: readonly { id: string }[]) => uuidArray(places.map(({ id }) => id));

/** Whether a site is one of these or in one of these groups; undefined where there are none. */
function isAmong(chosen: readonly { id: string }[], groups: readonly { id: string }[]): SQL | undefined {
  const inGroups = sql`sites.id in (select m.site_id from ${siteGroupMembers} m where m.group_id = any(${idsOf(groups)}))`;
  return or(chosen.length > 0 ? sql`sites.id = any(${idsOf(chosen)})` : undefined, groups.length > 0 ? inGroups : undefined);
}

/** Whether a template that is applied at these places reaches the site of a row. */
function reachedBy({ applied: { organization, sites: chosen, groups, exceptSites, exceptGroups } }: WlanTemplate): SQL | undefined {
  const excepted = isAmong(exceptSites, exceptGroups);
  return and(organization ? undefined : (isAmong(chosen, groups) ?? sql`false`), excepted && not(excepted));
}

const nameArray = (names: readonly string[]) => sql`array(select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))`;

const lacks = (names: readonly string[]) => sql`not coalesce(sites.settings -> 'vars', '{}') ?& ${nameArray(names)}`;

/** How many visible sites a template reaches. */
export const countReachedSites = (tx: Tx, template: WlanTemplate): Promise<number> => tx.$count(sites, reachedBy(template));

/** One WLAN template with its WLANs, how many visible sites it reaches, and for each variable how many of them lack it. */
export const getWlanTemplate = query({
  permission: "template.read",
  input: GetTemplate,
  async run({ tx }, { templateId }) {
    const template = await wlanTemplateById(tx, templateId);
    const stored = await readWlans(tx, [templateId]);
    const names = namesOf(stored.flatMap(textsOf));
    const reached = await countReachedSites(tx, template);
    const lacking = names.length === 0 ? [] : await tx.execute<{ name: string; sites: number }>(sql`
      select n.name, count(*) filter (where not coalesce(sites.settings -> 'vars', '{}') ? n.name)::int as sites
      from ${sites} cross join unnest(${nameArray(names)}) n (name) where ${reachedBy(template) ?? sql`true`} group by n.name`);
    const variables = names.map((name) => ({ name, lacking: lacking.find((row) => row.name === name)?.sites ?? 0 }));
    return { ...template, wlans: stored.map(({ id, document }) => ({ id, document })), reached, variables };
  },
});

const sortKeys = { name: { by: sites.name, type: "text" } } as const;

type SiteRow = { id: string; name: string; vars: Record<string, string> };

/** The variables of one site in the texts of a template, and what is wrong with them. */
function resolve({ id, name, vars }: SiteRow, texts: readonly WlanText[], names: readonly string[]): SiteResolution {
  const values = effectiveValues(vars);
  const { problems } = problemsWith(texts, values);
  return { id, name, variables: names.map((variable) => ({ name: variable, value: values.get(variable) })), problems };
}

/** A page of the visible sites that a template reaches, each with what its variables resolve to and what is missing or wrong, and their total number. */
export const listTemplateSites = query({
  permission: "template.read",
  input: ListTemplateSites,
  async run({ tx }, { templateId, search, state, ...paging }) {
    const template = await wlanTemplateById(tx, templateId);
    const texts = (await readWlans(tx, [templateId])).flatMap(textsOf);
    const names = namesOf(texts);
    const filter = and(reachedBy(template), searchCondition(search, siteNameMatches), state === "missing" ? (names.length > 0 ? lacks(names) : sql`false`) : undefined);
    const request = keyset(paging, { sortKeys, defaultSort: "name", idColumn: sites.id });
    const vars = sql<Record<string, string>>`(select coalesce(jsonb_object_agg(v.key, v.value), '{}') from jsonb_each(coalesce(sites.settings -> 'vars', '{}')) v where v.key = any(${nameArray(names)}))`;
    const rows = await tx.select({ id: sites.id, name: sites.name, vars, at: request.at }).from(sites).where(and(filter, request.where)).orderBy(...request.orderBy).limit(request.limit);
    const page = request.page(rows);
    const count = () => countUpToLimit(tx, (limit) => tx.select({ id: sites.id }).from(sites).where(filter).limit(limit));
    return { ...page, template: template.name, names, rows: page.rows.map((row) => resolve(row, texts, names)), total: page.next || page.previous ? await count() : page.rows.length };
  },
});

/** The WLAN templates that reach a site with what is missing or wrong there, and the variables of the site that nothing uses, that are missing, or that a device profile overrides. */
export const getSiteWlanTemplates = query({
  permission: "site.read",
  input: GetSiteWlanTemplates,
  async run({ tx }, { siteId }) {
    const site = await siteSettingsById(tx, siteId);
    const found = await tx
      .select({ id: wlanTemplates.id, name: wlanTemplates.name })
      .from(wlanTemplates)
      .innerJoin(sites, eq(sites.id, siteId))
      .where(templateReachesSite)
      .orderBy(naturalOrder(wlanTemplates.name), wlanTemplates.id);
    const stored = await readWlans(tx, found.map(({ id }) => id));
    const variables = siteVariablesOf(site);
    const templates = found.map(({ id, name }) => {
      const texts = stored.filter(({ templateId }) => templateId === id).flatMap(textsOf);
      return { id, name, ...problemsWith(texts, effectiveValues(variables)) };
    });
    const others = await otherDocuments(tx, site.document.rfTemplate);
    const used = [...namesOf(stored.flatMap(textsOf)), ...others.flatMap(({ used: names }) => names)];
    const overridden = others.flatMap((other) => other.defines);
    return { templates, ...variableUse({ used, defined: Object.keys(variables), overridden }) };
  },
});

/** The variables that the RF template of a site and the device profiles use, and those that device profiles define. */
async function otherDocuments(tx: Tx, rfTemplateId: unknown): Promise<{ used: string[]; defines: string[] }[]> {
  const [rf, profiles] = await Promise.all([
    typeof rfTemplateId === "string" ? tx.select({ settings: rfTemplates.settings }).from(rfTemplates).where(inArray(rfTemplates.id, [rfTemplateId])) : [],
    tx.select({ settings: deviceProfiles.settings }).from(deviceProfiles),
  ]);
  return [
    ...rf.map(({ settings }) => ({ used: namesInDocument(settings), defines: [] })),
    ...profiles.map(({ settings }) => ({ used: namesInDocument(settings), defines: Object.keys((settings.vars ?? {}) as object) })),
  ];
}
