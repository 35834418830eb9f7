import "server-only";
import { rfTemplates } from "@/db/schema";
import { query } from "@/lib/kernel/query";
import { rfTemplateKind } from "@/lib/rf-templates/rules";
import { namesInDocument } from "@/lib/shared/variables";
import { rfTemplateUse, templateBatch, templateById, templatePage } from "@/lib/templates/queries";
import { GetTemplate, ListTemplates } from "@/lib/templates/schema";

/** A page of the RF templates, each with the number of visible sites that use it, and their total number. */
export const listRfTemplates = query({
  permission: "template.read",
  input: ListTemplates,
  run: ({ tx }, list) => templatePage(tx, rfTemplates, list),
});

/** The next batch of an export, in the order of the page. */
export const readRfTemplateBatch = query({
  permission: "template.read",
  input: ListTemplates,
  run: ({ tx }, list) => templateBatch(tx, rfTemplates, list),
});

/** One RF template with its settings, and which visible sites use it. */
export const getRfTemplate = query({
  permission: "template.read",
  input: GetTemplate,
  async run({ tx }, { templateId }) {
    const template = await templateById(tx, rfTemplates, rfTemplateKind, templateId);
    return { ...template, use: await rfTemplateUse(tx, templateId, namesInDocument(template.document)) };
  },
});
