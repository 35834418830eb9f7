import "server-only";
import { eq, sql } from "drizzle-orm";
import { siteGroups, sites, wlanTemplates } from "@/db/schema";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { exporting } from "@/lib/kernel/export";
import { idsByName } from "@/lib/sites/queries";
import { CloneTemplate, DeleteTemplate, ExportTemplates } from "@/lib/templates/schema";
import { holdPlaces, lockWlanTemplate, replacePlaces, wlanTemplateById } from "@/lib/wlan-templates/internal";
import { countReachedSites, readWlanTemplateBatch } from "@/lib/wlan-templates/queries";
import { staleWlanTemplateError, type WlanTemplate } from "@/lib/wlan-templates/rules";
import { CreateWlanTemplate, UpdateWlanTemplate } from "@/lib/wlan-templates/schema";
import { copyWlans, readWlans } from "@/lib/wlans/internal";

/** Creates a WLAN template without WLANs, which is applied nowhere. */
export const createWlanTemplate = command({
  permission: "template.update",
  input: CreateWlanTemplate,
  async run({ tx, record }, { name }) {
    const { id } = await expectOne(tx.insert(wlanTemplates).values({ name }).returning({ id: wlanTemplates.id }));
    await record("wlan_template.created", { subject: { id, label: name }, after: { name } });
    return { id, name };
  },
});

/** A template as an audit entry records it, with the names of the places. */
function recorded({ name, applied }: WlanTemplate) {
  const names = (places: readonly { name: string }[]) => places.map((place) => place.name);
  return {
    name,
    wholeOrganization: applied.organization,
    siteGroups: names(applied.groups),
    sites: names(applied.sites),
    exceptedGroups: names(applied.exceptGroups),
    exceptedSites: names(applied.exceptSites),
  };
}

/** Saves the name of a template and where it is applied as one change; fails when the version is outdated. */
export const updateWlanTemplate = command({
  permission: "template.update",
  input: UpdateWlanTemplate,
  async run({ tx, actor, record, nothingChanged }, { templateId, version, name, organization, ...typed }) {
    const places = {
      groups: [...typed.groups, ...(await idsByName(tx, siteGroups, typed.groupNames, "groupNames"))],
      sites: [...typed.sites, ...(await idsByName(tx, sites, typed.siteNames, "siteNames"))],
      exceptGroups: [...typed.exceptGroups, ...(await idsByName(tx, siteGroups, typed.exceptGroupNames, "exceptGroupNames"))],
      exceptSites: [...typed.exceptSites, ...(await idsByName(tx, sites, typed.exceptSiteNames, "exceptSiteNames"))],
    };
    await holdPlaces(tx, places);
    const before = await lockWlanTemplate(tx, templateId);
    if (before.version !== version) throw staleWlanTemplateError(before, await lastUpdatedBy(tx, actor, templateId, "wlan_template.updated"));
    await replacePlaces(tx, templateId, places);
    await tx.update(wlanTemplates).set({ name, appliesToOrganization: organization }).where(eq(wlanTemplates.id, templateId));
    const after = await wlanTemplateById(tx, templateId);
    const sides = { before: recorded(before), after: recorded(after) };
    if (JSON.stringify(sides.before) === JSON.stringify(sides.after)) nothingChanged();
    else {
      await tx.update(wlanTemplates).set({ version: sql`${wlanTemplates.version} + 1` }).where(eq(wlanTemplates.id, templateId));
      await record("wlan_template.updated", { subject: { id: templateId, label: name }, ...sides });
    }
    return { id: templateId, name };
  },
});

/** Creates a copy of a template with its WLANs and their secrets under another name; it is applied nowhere. */
export const cloneWlanTemplate = command({
  permission: "template.update",
  input: CloneTemplate,
  async run({ tx, record }, { templateId, name }) {
    const source = await lockWlanTemplate(tx, templateId);
    const copied = await readWlans(tx, [templateId]);
    const { id } = await expectOne(tx.insert(wlanTemplates).values({ name }).returning({ id: wlanTemplates.id }));
    await copyWlans(tx, id, copied);
    await record("wlan_template.created", { subject: { id, label: name }, after: { name, copyOf: source.name, wlans: copied.map(({ document }) => document.ssid) } });
    return { id, name };
  },
});

/** Deletes a template with its WLANs. */
export const deleteWlanTemplate = command({
  permission: "template.update",
  input: DeleteTemplate,
  async run({ tx, record }, { templateId }) {
    const before = await lockWlanTemplate(tx, templateId);
    const gone = await readWlans(tx, [templateId]);
    const reached = await countReachedSites(tx, before);
    await expectOne(tx.delete(wlanTemplates).where(eq(wlanTemplates.id, templateId)).returning({ id: wlanTemplates.id }));
    await record("wlan_template.deleted", { subject: { id: templateId, label: before.name }, before: { ...recorded(before), wlans: gone.map(({ document }) => document.ssid), reachedSites: reached } });
    return { id: templateId, name: before.name };
  },
});

const recordExport = command({
  permission: "template.read",
  input: ExportTemplates,
  async run({ actor, record }, { search }) {
    await record("wlan_template.exported", { subject: { id: actor.orgId, label: "WLAN templates" }, after: { search } });
  },
});

/** Streams all WLAN templates that match a filter in batches, after writing the audit entry of the export. */
export const exportWlanTemplates = exporting(recordExport, readWlanTemplateBatch);
