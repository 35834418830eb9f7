import { wlans, wlanTemplates, wlanTemplateScopes } from "@/db/schema";
import type { Builder, Member, SeedEvent, WlanTemplateRow } from "@/db/seed/builder";
import { daysAgo } from "@/db/seed/dates";
import type { Tx } from "@/db/tx";
import { encrypt } from "@/lib/kernel/encryption";
import { wlanSecretsAad } from "@/lib/wlan-templates/rules";

const createdDaysAgo = 88;

/** The WLAN templates of an organization, and the variables that its sites get for them. */
export function wlanTemplateEvents(builder: Builder, who: Member): SeedEvent[] {
  const { organization, now, rng, record } = builder;
  const templates = organization.wlanTemplates.map(({ name, groups = [], wlans: networks }, index): SeedEvent => ({
    at: daysAgo(now, createdDaysAgo, 560 + index * 18),
    apply(at) {
      const row: WlanTemplateRow = { id: rng.uuid(at), name, groups, createdAt: at, updatedAt: at, createdBy: `${who.firstName} ${who.lastName}`, wlans: [] };
      builder.wlanTemplates.push(row);
      record(at, who, "wlan_template.created", { subject: { id: row.id, label: name }, after: { name } });
      for (const { settings: { ssid, ...settings }, passphrase } of networks) {
        const wlan = { id: rng.uuid(at), ssid: String(ssid), settings, passphrase };
        row.wlans.push(wlan);
        record(at, who, "wlan.created", { subject: { id: wlan.id, label: wlan.ssid }, after: { template: name, ssid, ...settings, ...(passphrase && { "auth.psk": "set" }) } });
      }
    },
  }));
  const variables = Object.entries(organization.variables).map(([name, vars], index): SeedEvent => ({
    at: daysAgo(now, createdDaysAgo, 620 + index * 4),
    apply(at) {
      const site = builder.sites.find((one) => one.name === name);
      if (!site) return;
      Object.assign(site, { settings: { ...site.settings, vars }, version: site.version + 1, updatedAt: at });
      record(at, who, "site.updated", { subject: { id: site.id, label: name }, site: { id: site.id, name }, fields: ["Site Variables"], before: { vars: null }, after: { vars } });
    },
  }));
  return [...templates, ...variables];
}

/** Inserts the WLAN templates with their WLANs, applied to their groups or to the whole organization. */
export async function insertWlanTemplates(tx: Tx, rows: readonly WlanTemplateRow[], groups: readonly { id: string; name: string }[]): Promise<void> {
  for (const { wlans: networks, groups: names, createdBy, ...row } of rows) {
    await tx.insert(wlanTemplates).values({ ...row, appliesToOrganization: names.length === 0, version: networks.length + 2 });
    await tx.insert(wlans).values(
      networks.map(({ passphrase, ...wlan }, at) => ({ ...wlan, templateId: row.id, position: at + 1, encryptedSecrets: passphrase === undefined ? null : sealed(wlan.id, { value: passphrase, setAt: row.createdAt.toISOString(), setBy: createdBy }) })),
    );
    const scopes = groups.filter(({ name }) => names.includes(name)).map(({ id }) => ({ templateId: row.id, groupId: id }));
    if (scopes.length > 0) await tx.insert(wlanTemplateScopes).values(scopes);
  }
}

const sealed = (wlanId: string, passphrase: { value: string; setAt: string; setBy: string }) => encrypt(JSON.stringify({ "auth.psk": passphrase }), wlanSecretsAad(wlanId));
