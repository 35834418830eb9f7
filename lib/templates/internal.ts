import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { expectOne } from "@/lib/kernel/expect-one";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { AppError } from "@/lib/shared/app-error";
import { type SettingsDocument, textAt, valueAt, withChanges } from "@/lib/shared/settings/document";
import { sectionRules } from "@/lib/shared/settings/section-rules";
import { templateById, type TemplateTable } from "@/lib/templates/queries";
import { type DeviceType, recordedDocument, staleTemplateError, type Template, type TemplateKind } from "@/lib/templates/rules";

type Scope = Pick<OperationContext, "record" | "nothingChanged"> & { tx: Tx; actor: Actor };
type Named = { id: string; name: string };

const withoutName = ({ name: _, ...settings }: SettingsDocument): SettingsDocument => settings;

type NewTemplate = { name: string; type?: DeviceType | null; settings?: SettingsDocument; /** The template that it is a copy of. */ copyOf?: string };

/** Creates a template, empty or with settings. */
export async function addTemplate({ tx, record }: Scope, table: TemplateTable, { events, sectionsOf }: TemplateKind, { name, type = null, settings = {}, copyOf }: NewTemplate): Promise<Named> {
  const row = { name, settings, ...(type && { type }) };
  const { id } = await expectOne(tx.insert(table).values(row).returning({ id: table.id }));
  await record(events.created, { subject: { id, label: name }, after: { name, ...(type && { type }), ...recordedDocument(sectionsOf(type), settings), ...(copyOf && { copyOf }) } });
  return { id, name };
}

/** Creates a template with the settings of another one, as they are stored. */
export async function copyTemplate(scope: Scope, table: TemplateTable, kind: TemplateKind, { templateId, name }: { templateId: string; name: string }): Promise<Named> {
  const source = await templateById(scope.tx, table, kind, templateId);
  return addTemplate(scope, table, kind, { name, type: source.type, settings: withoutName(source.document), copyOf: source.name });
}

type TypedTemplate = { templateId: string; version: number; [name: string]: unknown };

/** Saves name and settings of a template as one change; fails when the version is outdated. */
export async function saveTemplate(scope: Scope, table: TemplateTable, kind: TemplateKind, { templateId, version, type, ...typed }: TypedTemplate): Promise<Named> {
  const { tx, actor, record, nothingChanged } = scope;
  const before = await templateById(tx, table, kind, templateId, "no key update");
  if (before.version !== version) throw staleTemplateError(kind, before, await lastUpdatedBy(tx, actor, templateId, kind.events.updated));
  if (before.type !== (type ?? null)) throw new AppError("invalid", "The type of a device profile never changes");
  const { typedChanges, sectionTitles } = sectionRules(kind.sectionsOf(before.type));
  const { values } = typedChanges(before.document, typed);
  const document = withChanges(before.document, values);
  const paths = Object.keys(values).filter((path) => JSON.stringify(valueAt(before.document, path)) !== JSON.stringify(valueAt(document, path)));
  const name = textAt(document, "name");
  if (paths.length === 0) {
    nothingChanged();
    return before;
  }
  await tx.update(table).set({ name, settings: withoutName(document), version: sql`${table.version} + 1` }).where(eq(table.id, templateId));
  const side = (values: SettingsDocument) => Object.fromEntries(paths.map((path) => [path, valueAt(values, path) ?? null]));
  await record(kind.events.updated, {
    subject: { id: templateId, label: name },
    fields: [...paths.filter((path) => path === "name"), ...sectionTitles(paths.filter((path) => path !== "name"))],
    before: side(before.document),
    after: side(document),
  });
  return { id: templateId, name };
}

/** Deletes a template that nothing uses. */
export async function removeTemplate({ tx, record }: Scope, table: TemplateTable, { events, sectionsOf }: TemplateKind, { id, name, type, document }: Template): Promise<Named> {
  await expectOne(tx.delete(table).where(eq(table.id, id)).returning({ id: table.id }));
  await record(events.deleted, { subject: { id, label: name }, before: { ...(type && { type }), ...recordedDocument(sectionsOf(type), document) } });
  return { id, name };
}
