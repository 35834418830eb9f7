import * as z from "zod/mini";
import { checkbox, rowVersion } from "@/lib/shared/form-schemas";
import { rowId } from "@/lib/shared/text-schemas";
import { rfTemplateSections } from "./sections";

export type TypedRfTemplate = { templateId: string; version: number; [name: string]: unknown };

const { name } = rfTemplateSections.formShape;

export const CreateRfTemplate = z.strictObject({ name }) as unknown as z.ZodMiniType<{ name: string }, { name: string }>;

/** What the page of an RF template sends: every field of every section. */
export const UpdateRfTemplate = z
  .strictObject({ templateId: rowId(), version: rowVersion, ...rfTemplateSections.formShape })
  .check(({ value, issues }) => {
    for (const [field, message] of Object.entries(rfTemplateSections.check(value))) issues.push({ code: "custom", message, path: [field], input: value });
  }) as unknown as z.ZodMiniType<TypedRfTemplate, { templateId: string; version: number | string; [name: string]: unknown }>;

/** With `unassign`, a template that sites use is taken from them and deleted. */
export const DeleteRfTemplate = z.strictObject({ templateId: rowId(), unassign: checkbox });

/** The document of an RF template as it is stored and exported. */
export const RfTemplateDocument = rfTemplateSections.document;
