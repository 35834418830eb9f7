import "server-only";
import { eq, sql } from "drizzle-orm";
import { wlans, wlanTemplates } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import { type SettingsDocument, textAt, valueAt, withChanges } from "@/lib/shared/settings/document";
import { hasNewAddress } from "@/lib/site-settings/rules";
import { lockWlanTemplate } from "@/lib/wlan-templates/internal";
import { staleWlanTemplateError } from "@/lib/wlan-templates/rules";
import { changedSecrets, readWlans, sealedSecrets, type WlanSecrets } from "@/lib/wlans/internal";
import { wlanById } from "@/lib/wlans/queries";
import { missingSecretError, staleWlanError, typedWlanChanges, wlanSectionTitles } from "@/lib/wlans/rules";
import { CreateWlan, DeleteWlan, UpdateWlan } from "@/lib/wlans/schema";
import { wlanSections } from "@/lib/wlans/sections";

const mostWlans = 30;

const bump = (tx: Tx, templateId: string) => tx.update(wlanTemplates).set({ version: sql`${wlanTemplates.version} + 1` }).where(eq(wlanTemplates.id, templateId));

const withoutSsid = ({ ssid: _, ...settings }: SettingsDocument): SettingsDocument => settings;

function requireSecrets(document: SettingsDocument, secrets: WlanSecrets) {
  const error = missingSecretError(document, (name) => Object.hasOwn(secrets, name));
  if (error) throw error;
}

/** Adds a WLAN to a template; fails when the version of the template is outdated. */
export const createWlan = command({
  permission: "template.update",
  input: CreateWlan,
  async run({ tx, actor, record }, { templateId, version, ...typed }) {
    const template = await lockWlanTemplate(tx, templateId);
    if (template.version !== version) throw staleWlanTemplateError(template, await lastUpdatedBy(tx, actor, templateId, "wlan_template.updated"));
    const others = await readWlans(tx, [templateId]);
    if (others.length >= mostWlans) throw new AppError("conflict", `A template can have at most ${mostWlans} WLANs`);
    const changes = typedWlanChanges({}, typed);
    const document = withChanges({}, changes.values);
    const id = crypto.randomUUID();
    const { secrets, after } = changedSecrets({}, changes.secrets, actor);
    requireSecrets(document, secrets);
    const ssid = textAt(document, "ssid");
    const position = Math.max(0, ...others.map((other) => other.position)) + 1;
    await tx.insert(wlans).values({ id, templateId, ssid, position, settings: withoutSsid(document), encryptedSecrets: sealedSecrets(id, secrets) });
    await bump(tx, templateId);
    await record("wlan.created", { subject: { id, label: ssid }, after: { template: template.name, ...document, ...after } });
    return { id, templateId };
  },
});

/** Saves a WLAN as one change; fails when the version of its template is outdated. */
export const updateWlan = command({
  permission: "template.update",
  input: UpdateWlan,
  async run({ tx, actor, record, nothingChanged }, { wlanId, templateId, version, ...typed }) {
    await lockWlanTemplate(tx, templateId);
    const before = await wlanById(tx, wlanId);
    if (before.templateId !== templateId) throw notFoundError("WLAN");
    if (before.version !== version) throw staleWlanError(before, await lastUpdatedBy(tx, actor, wlanId, "wlan.updated"));
    const changes = typedWlanChanges(before.document, typed);
    const document = withChanges(before.document, changes.values);
    const paths = Object.keys(changes.values).filter((path) => JSON.stringify(valueAt(before.document, path)) !== JSON.stringify(valueAt(document, path)));
    requireTypedAgain(before, document, changes.secrets);
    const changed = changedSecrets(before.stored.secrets, changes.secrets, actor);
    requireSecrets(document, changed.secrets);
    const names = [...paths, ...Object.keys(changed.after)];
    if (names.length === 0) {
      nothingChanged();
      return { id: wlanId, templateId };
    }
    const ssid = textAt(document, "ssid");
    await expectOne(tx.update(wlans).set({ ssid, settings: withoutSsid(document), encryptedSecrets: sealedSecrets(wlanId, changed.secrets) }).where(eq(wlans.id, wlanId)).returning({ id: wlans.id }));
    await bump(tx, templateId);
    const side = (values: SettingsDocument) => Object.fromEntries(paths.map((path) => [path, valueAt(values, path) ?? null]));
    await record("wlan.updated", {
      subject: { id: wlanId, label: ssid },
      fields: wlanSectionTitles(names),
      before: { ...side(before.document), ...changed.before },
      after: { ...side(document), ...changed.after },
    });
    return { id: wlanId, templateId };
  },
});

/** Refuses another address for a secret that is set and not typed again. */
function requireTypedAgain({ document: before, stored: { secrets } }: Awaited<ReturnType<typeof wlanById>>, after: SettingsDocument, typed: Readonly<Record<string, string | null>>): void {
  const asked = ([name, path]: [string, string]) => Object.hasOwn(secrets, name) && typed[name] === undefined && hasNewAddress(valueAt(before, path), valueAt(after, path));
  const names = Object.entries(wlanSections.secretsSentTo).filter(asked).map(([name]) => name);
  const message = "Enter it again: it would be sent to another server";
  if (names.length > 0) throw new AppError("invalid", "Check the marked fields", Object.fromEntries(names.map((name) => [name, [message]])));
}

/** Removes a WLAN from its template. */
export const deleteWlan = command({
  permission: "template.update",
  input: DeleteWlan,
  async run({ tx, record }, { wlanId }) {
    const { templateId, template } = await wlanById(tx, wlanId);
    await lockWlanTemplate(tx, templateId);
    const [removed] = await tx.delete(wlans).where(eq(wlans.id, wlanId)).returning({ ssid: wlans.ssid, settings: wlans.settings });
    if (!removed) throw notFoundError("WLAN");
    await bump(tx, templateId);
    await record("wlan.deleted", { subject: { id: wlanId, label: removed.ssid }, before: { template, ssid: removed.ssid, ...removed.settings } });
    return { id: wlanId, templateId };
  },
});
