import type { auditEntries } from "@/db/schema";
import { type Dice, diceFrom } from "@/db/seed/chance";
import type { DemoOrganization, DemoSite } from "@/db/seed/organizations";
import type { DemoScope } from "@/db/seed/people";
import type { Role } from "@/lib/vocabulary/access";
import type { EventName } from "@/lib/vocabulary/events";
import { messageOf } from "@/lib/vocabulary/messages";

/** Somebody at work in an organization, from the day they joined to the day they left. */
export type Colleague = {
  accountId: string;
  membershipId: string;
  email: string;
  firstName: string;
  lastName: string;
  role: Role;
  scope: DemoScope;
  address: string;
  browser: string;
  joinedAt: Date;
  leftAt?: Date;
};

export type SiteRow = Omit<DemoSite, "groups"> & {
  id: string;
  groups: string[];
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

type EntryRow = typeof auditEntries.$inferInsert;

type Telling = {
  subject: { id: string; label: string };
  site?: { id: string; name: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  note?: string;
};

/** An organization while its story is told: what stands, and the entries so far. */
export type Stage = {
  organization: DemoOrganization;
  id: string;
  dice: Dice;
  now: Date;
  sites: SiteRow[];
  entries: EntryRow[];
  /** The memberships that wait for somebody to accept them, or waited in vain. */
  waiting: { pending: string; expired: string };
  tell: (at: Date, who: Colleague, name: EventName, telling: Telling) => void;
};

/** Something that happens at a moment, told when everything before it has happened. */
export type Act = { at: Date; perform: (at: Date) => void };

export function openStage(organization: DemoOrganization, id: string, now: Date): Stage {
  const dice = diceFrom(organization.dice);
  const entries: EntryRow[] = [];
  const tell: Stage["tell"] = (at, who, name, { subject, site, before, after, note }) => {
    const words = [note, site ? "" : organization.note].filter(Boolean).join(" ");
    entries.push({
      organizationId: id,
      occurredAt: at,
      id: dice.id(at),
      actorId: who.accountId,
      actorKind: "account",
      siteId: site?.id ?? null,
      siteName: site?.name ?? null,
      name,
      subjectId: subject.id,
      message: messageOf(name, subject.label, words),
      change: before || after ? { before, after } : null,
      address: who.address,
      browser: who.browser,
      requestId: dice.id(at),
    });
  };
  const waiting = { pending: dice.id(now), expired: dice.id(now) };
  return { organization, id, dice, now, sites: [], entries, waiting, tell };
}
