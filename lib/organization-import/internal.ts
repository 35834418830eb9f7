import "server-only";
import { memberships, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { endMembership, saveAccess, withNamedPlaces } from "@/lib/administrators/internal";
import { administratorById } from "@/lib/administrators/queries";
import { cancel, grantableAccess, invite } from "@/lib/invitations/internal";
import type { AuditEntry } from "@/lib/kernel/audit";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { type DocumentAdmin, isSiteList, storedPath } from "@/lib/organization-documents/rules";
import { type AdminChange, type GroupChange, type Plan, planItems, planSummary, scopeOf, type SettingChange, type SiteChange } from "@/lib/organization-import/rules";
import { changeSettings, settingsOf } from "@/lib/settings/internal";
import { settingLabel } from "@/lib/settings/rules";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import { addSiteGroup, removeSiteGroup, saveSiteGroup } from "@/lib/site-groups/internal";
import { changeSite } from "@/lib/site-settings/internal";
import { addSite, removeSite } from "@/lib/sites/internal";
import { idsByName } from "@/lib/sites/queries";

export type ImportScope = { tx: Tx; actor: Actor } & Omit<OperationContext, "close">;

/** Locks all that a document describes, after the organization, so that it stays as the plan is made of it. */
export async function lockDescribed(tx: Tx) {
  await tx.select({ id: memberships.id }).from(memberships).orderBy(memberships.id).for("no key update");
  await tx.select({ id: sites.id }).from(sites).orderBy(sites.id).for("no key update");
  await tx.select({ id: siteGroups.id }).from(siteGroups).orderBy(siteGroups.id).for("no key update");
}

/** Makes all changes of a plan under the locks of what it describes, with one audit entry for them. */
export async function applyPlan(scope: ImportScope, organization: string, plan: Plan) {
  const recorded: AuditEntry[] = [];
  // The parts would record an entry each; the settings among them are kept for the one entry.
  const quiet: ImportScope = {
    ...scope,
    async record(name, entry) {
      if (name === "settings.updated") recorded.push(entry);
    },
    nothingChanged() {},
  };
  for (const change of plan.groups) if (change.name !== undefined) await applyGroup(quiet, change);
  for (const change of plan.sites) if (change.site) await applySite(quiet, change);
  await applySettings(quiet, plan.settings);
  for (const change of superUsersFirst(plan.admins)) await applyAdmin(quiet, organization, change);
  for (const { row, site } of plan.sites) if (row && !site) await removeSite(quiet, row.id);
  for (const { row, name } of plan.groups) if (row && name === undefined) await removeSiteGroup(quiet, row.id);
  await recordImport(scope, plan, recorded[0]);
}

async function applyGroup(scope: ImportScope, { row, name = "" }: GroupChange) {
  if (!row) await addSiteGroup(scope, name);
  else if (!(await saveSiteGroup(scope, row.id, row.version, name))) throw notFoundError("Site group");
}

async function applySite(scope: ImportScope, { row, site, settings = [] }: SiteChange) {
  if (!site) return;
  const { name, country_code: country, timezone: timeZone, address, sitegroups } = site;
  const { id } = row ?? (await addSite(scope, { name, country, timeZone, streetAddress: address ?? "", groups: sitegroups ?? [] }));
  // What the document leaves out stays as it is now: its groups may have another name since the plan was made.
  const fields = { name, country, timeZone, ...(address !== undefined && { streetAddress: address }), ...(sitegroups && { groups: sitegroups }) };
  await changeSite({ ...scope, sites: "all" }, id, { values: { ...fields, ...Object.fromEntries(settings.map(({ path, after }) => [path, after])) } });
}

async function applySettings(scope: ImportScope, changes: readonly SettingChange[]) {
  if (changes.length === 0) return;
  const values: Record<string, unknown> = {};
  for (const { path, after } of changes) {
    values[storedPath(path)] = isSiteList(path) && after !== undefined ? await idsByName(scope.tx, sites, after as string[], "document") : after;
  }
  await changeSettings(scope, { values }).catch(besideDocument);
}

// The form of an import has none of the fields beside which the settings page shows such an error.
function besideDocument(error: unknown): never {
  if (!(error instanceof AppError) || !error.fields) throw error;
  const problems = Object.entries(error.fields).map(([path, messages]) => `${settingLabel(path) ?? path}: ${messages?.[0]}.`);
  throw new AppError(error.code, "Check the document", { document: problems });
}

// The organization keeps a Super User at every moment: promotions first, then invitations and other changes, removals last.
const rank = ({ row, admin }: AdminChange) => (!admin ? 2 : row && admin.role === "super_user" ? 0 : 1);
const superUsersFirst = (changes: readonly AdminChange[]) => changes.toSorted((one, other) => rank(one) - rank(other));

async function applyAdmin(scope: ImportScope, organization: string, { row, admin, endsAt }: AdminChange) {
  if (!admin) {
    if (row) await (row.accountId ? endMembership(scope, organization, row.id) : cancel(scope, row.id));
    return;
  }
  const { email, first_name: firstName, last_name: lastName } = admin;
  if (!row) await invite(scope, organization, { email, firstName, lastName, phone: "" }, await grantableAccess(scope, accessOf(admin, endsAt)));
  else await saveAccess(scope, await administratorById(scope.tx, row.id), row.version, await withNamedPlaces(scope.tx, accessOf(admin, endsAt)));
}

const accessOf = (admin: DocumentAdmin, accessEndsAt: Date | null = null) => ({ timeZone: "UTC", accessEndsAt, role: admin.role, scope: scopeOf(admin), groups: [], sites: [], groupNames: admin.sitegroups, siteNames: admin.sites });

async function recordImport({ tx, actor, record }: ImportScope, plan: Plan, settings: AuditEntry | undefined) {
  const { document } = await settingsOf(tx, actor.orgId);
  const lines = (part: Partial<Plan>) => planItems({ ...nothing, ...part }).map(({ name, text }) => `${name}: ${text}`);
  const parts = { siteGroups: lines({ groups: plan.groups }), sites: lines({ sites: plan.sites }), administrators: lines({ admins: plan.admins }) };
  await record("organization.imported", {
    subject: { id: actor.orgId, label: String(document.name) },
    note: planSummary(plan),
    before: settings?.before ?? {},
    after: { ...settings?.after, ...Object.fromEntries(Object.entries(parts).filter(([, changed]) => changed.length > 0)) },
  });
}

const nothing: Plan = { settings: [], groups: [], sites: [], admins: [], notes: [] };
