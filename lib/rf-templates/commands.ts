import "server-only";
import { rfTemplates } from "@/db/schema";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";
import { readRfTemplateBatch } from "@/lib/rf-templates/queries";
import { rfTemplateKind } from "@/lib/rf-templates/rules";
import { CreateRfTemplate, DeleteRfTemplate, UpdateRfTemplate } from "@/lib/rf-templates/schema";
import { lockSitesWithRfTemplate, unassignRfTemplate } from "@/lib/site-settings/internal";
import { addTemplate, copyTemplate, removeTemplate, saveTemplate } from "@/lib/templates/internal";
import { countRfTemplateUses, templateById } from "@/lib/templates/queries";
import { templateInUseError, templateUsedMeanwhileError } from "@/lib/templates/rules";
import { CloneTemplate, ExportTemplates } from "@/lib/templates/schema";

/** Creates an RF template in which everything has its default. */
export const createRfTemplate = command({
  permission: "template.update",
  input: CreateRfTemplate,
  run: (scope, { name }) => addTemplate(scope, rfTemplates, rfTemplateKind, { name }),
});

/** Saves name and settings of an RF template as one change; fails when the version is outdated. */
export const updateRfTemplate = command({
  permission: "template.update",
  input: UpdateRfTemplate,
  run: (scope, typed) => saveTemplate(scope, rfTemplates, rfTemplateKind, typed),
});

/** Creates a copy of an RF template under another name; no site uses it. */
export const cloneRfTemplate = command({
  permission: "template.update",
  input: CloneTemplate,
  run: (scope, copy) => copyTemplate(scope, rfTemplates, rfTemplateKind, copy),
});

/** Deletes an RF template; one that sites use only with `unassign`, which takes it from them. */
export const deleteRfTemplate = command({
  permission: "template.update",
  input: DeleteRfTemplate,
  async run(scope, { templateId, unassign }) {
    const { tx } = scope;
    const sites = await lockSitesWithRfTemplate(tx, templateId);
    const template = await templateById(tx, rfTemplates, rfTemplateKind, templateId, "update");
    if (sites.length > 0 && !unassign) throw templateInUseError(sites.length);
    await unassignRfTemplate(scope, templateId, sites);
    if ((await countRfTemplateUses(tx, templateId)) > 0) throw templateUsedMeanwhileError();
    return removeTemplate(scope, rfTemplates, rfTemplateKind, template);
  },
});

const recordExport = command({
  permission: "template.read",
  input: ExportTemplates,
  async run({ actor, record }, { search }) {
    await record("rf_template.exported", { subject: { id: actor.orgId, label: "RF templates" }, after: { search } });
  },
});

/** Streams all RF templates that match a filter in batches, after writing the audit entry of the export. */
export const exportRfTemplates = exporting(recordExport, readRfTemplateBatch);
