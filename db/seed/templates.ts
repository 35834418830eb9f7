import { daysAgo } from "@/db/seed/dates";
import type { Builder, Member, SeedEvent, TemplateRow } from "@/db/seed/builder";
import { deviceProfileKind } from "@/lib/device-profiles/rules";
import { rfTemplateKind } from "@/lib/rf-templates/rules";
import { recordedDocument } from "@/lib/templates/rules";

const createdDaysAgo = 96;

const kinds = { "rf_template.created": rfTemplateKind, "device_profile.created": deviceProfileKind };

/** The templates of an organization: created one morning, and given to their sites after that. */
export function templateEvents(builder: Builder, who: Member): SeedEvent[] {
  const { organization, now, rng, record } = builder;
  const create = (rows: TemplateRow[], event: keyof typeof kinds, { name, settings }: Pick<TemplateRow, "name" | "settings">, at: Date) => {
    const row = { id: rng.uuid(at), name, settings, createdAt: at, updatedAt: at };
    rows.push(row);
    record(at, who, event, { subject: { id: row.id, label: name }, after: { name, ...(event === "device_profile.created" && { type: "ap" }), ...recordedDocument(kinds[event].sectionsOf("ap"), settings) } });
    return row;
  };
  const forSites = organization.rfTemplates.map((template, index): SeedEvent => ({
    at: daysAgo(now, createdDaysAgo, 550 + index * 24),
    apply(at) {
      const { id } = create(builder.rfTemplates, "rf_template.created", template, at);
      for (const site of builder.sites.filter(({ name }) => template.sites.includes(name))) assign(builder, who, at, site, id);
    },
  }));
  const profile: SeedEvent = { at: daysAgo(now, createdDaysAgo, 612), apply: (at) => create(builder.deviceProfiles, "device_profile.created", organization.deviceProfile, at) };
  return [...forSites, profile];
}

function assign({ record }: Builder, who: Member, at: Date, site: Builder["sites"][number], rfTemplateId: string) {
  Object.assign(site, { rfTemplateId, version: site.version + 1, updatedAt: at });
  const reference = { id: site.id, name: site.name };
  record(at, who, "site.updated", { subject: { id: site.id, label: site.name }, site: reference, before: { rfTemplate: null }, after: { rfTemplate: rfTemplateId } });
}
