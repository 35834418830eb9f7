import type { auditEntries } from "@/db/schema";
import { createRng, type Rng } from "@/db/seed/random";
import type { DemoOrganization, DemoSite } from "@/db/seed/organizations";
import type { DemoScope } from "@/db/seed/people";
import type { Role } from "@/lib/shared/roles";
import type { EventName } from "@/lib/shared/events";
import { changedFields } from "@/lib/kernel/audit";
import type { SettingsDocument } from "@/lib/shared/settings/document";
import { eventMessage } from "@/lib/shared/event-messages";

/** A member of an organization, from joining to leaving. */
export type Member = {
  accountId: string;
  membershipId: string;
  email: string;
  firstName: string;
  lastName: string;
  role: Role;
  scope: DemoScope;
  ipAddress: string;
  userAgent: string;
  joinedAt: Date;
  leftAt?: Date;
};

export type SiteRow = Omit<DemoSite, "groups"> & {
  id: string;
  rfTemplateId?: string;
  settings?: SettingsDocument;
  groups: string[];
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

export type TemplateRow = { id: string; name: string; settings: SettingsDocument; createdAt: Date; updatedAt: Date };

/** A WLAN template with its WLANs, and the names of the groups that it is applied to; none for the whole organization. */
export type WlanTemplateRow = { id: string; name: string; groups: readonly string[]; createdAt: Date; updatedAt: Date; createdBy: string; wlans: { id: string; ssid: string; settings: SettingsDocument; passphrase?: string }[] };

type EntryRow = typeof auditEntries.$inferInsert;

type EntryDetails = {
  subject: { id: string; label: string };
  site?: { id: string; name: string };
  /** The names of what changed, where they are not the names of the fields. */
  fields?: readonly string[];
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  note?: string;
};

/** Builds the history of an organization: its current sites and the audit entries so far. */
export type Builder = {
  organization: DemoOrganization;
  id: string;
  rng: Rng;
  now: Date;
  sites: SiteRow[];
  rfTemplates: TemplateRow[];
  deviceProfiles: TemplateRow[];
  wlanTemplates: WlanTemplateRow[];
  entries: EntryRow[];
  /** Ids of the pending and the expired invitation. */
  invitationIds: { pending: string; expired: string };
  record: (at: Date, who: Member, name: EventName, details: EntryDetails) => void;
};

/** An event of the history; events are applied in the order of their time. */
export type SeedEvent = { at: Date; apply: (at: Date) => void };

export function createBuilder(organization: DemoOrganization, id: string, now: Date): Builder {
  const rng = createRng(organization.randomSeed);
  const entries: EntryRow[] = [];
  const record: Builder["record"] = (at, who, name, { subject, site, fields, before, after, note }) => {
    const suffix = [note, site ? "" : organization.messageSuffix].filter(Boolean).join(" ");
    const change = before || after ? { before, after } : null;
    entries.push({
      organizationId: id,
      occurredAt: at,
      id: rng.uuid(at),
      actorId: who.accountId,
      actorKind: "account",
      siteId: site?.id ?? null,
      siteName: site?.name ?? null,
      name,
      subjectId: subject.id,
      message: eventMessage(name, subject.label, suffix, fields ?? changedFields(change)),
      change,
      ipAddress: who.ipAddress,
      userAgent: who.userAgent,
      requestId: rng.uuid(at),
    });
  };
  const invitationIds = { pending: rng.uuid(now), expired: rng.uuid(now) };
  return { organization, id, rng, now, sites: [], rfTemplates: [], deviceProfiles: [], wlanTemplates: [], entries, invitationIds, record };
}
