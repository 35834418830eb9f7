import { daysAgo, historyDays } from "@/db/seed/dates";
import type { Contact } from "@/db/seed/organizations";
import type { DemoScope } from "@/db/seed/people";
import { settingsEvents } from "@/db/seed/settings";
import { createSite, deleteSite } from "@/db/seed/site-events";
import { templateEvents } from "@/db/seed/templates";
import { wlanTemplateEvents } from "@/db/seed/wlan-templates";
import type { Builder, Member, SeedEvent } from "@/db/seed/builder";
import { roles } from "@/lib/shared/roles";

type Person = Pick<Member, "email" | "firstName" | "lastName" | "role" | "scope">;

const listFormat = new Intl.ListFormat("en", { type: "conjunction" });

function scopeText(scope: DemoScope): string {
  if (scope === "all") return "all sites";
  const [kind, names] = "groups" in scope ? ["site group", scope.groups] : ["site", scope.sites];
  return `the ${kind}${names.length > 1 ? "s" : ""} ${listFormat.format(names)}`;
}

const fullName = ({ firstName, lastName }: Pick<Person, "firstName" | "lastName">) => `${firstName} ${lastName}`;

const accessDetails = (who: Person) => ({
  name: fullName(who),
  email: who.email,
  role: roles[who.role].label,
  siteAccess: scopeText(who.scope),
});

/** The main events: organization created, members joining and leaving, sites created and deleted. */
export function milestones(builder: Builder, founder: Member, others: readonly Member[]): SeedEvent[] {
  const { organization, id, now, record } = builder;
  const on = (days: number, minute: number, apply: SeedEvent["apply"]): SeedEvent => ({
    at: daysAgo(now, days, minute),
    apply,
  });
  const subject = { id, label: organization.name };
  const former = organization.formerSite;
  return [
    on(historyDays, 540, (at) => record(at, founder, "organization.created", { subject, after: { name: subject.label } })),
    ...organization.sites.map((site, index) =>
      on(historyDays - Math.floor(index / 4), 556 + (index % 4) * 17, (at) => createSite(builder, founder, at, site)),
    ),
    ...others.flatMap((other) => membershipEvents(builder, founder, other)),
    on(118, 612, (at) => createSite(builder, founder, at, former)),
    on(47, 1_002, (at) => deleteSite(builder, founder, at, former.name)),
    ...invitations(builder, founder),
    ...settingsEvents(builder, founder),
    ...templateEvents(builder, founder),
    ...wlanTemplateEvents(builder, founder),
  ];
}

function membershipEvents({ record }: Builder, inviter: Member, who: Member): SeedEvent[] {
  const roleCorrected = who.role === "network_admin" && who.scope !== "all";
  const first: Member = roleCorrected ? { ...who, role: "observer", scope: "all" } : who;
  const { label: role } = roles[first.role];
  const subject = { id: who.membershipId, label: `${fullName(who)} (${who.email})` };
  const afterJoining = (minutes: number, apply: SeedEvent["apply"]): SeedEvent => ({
    at: new Date(who.joinedAt.getTime() + minutes * 60_000),
    apply,
  });
  const events: SeedEvent[] = [
    afterJoining(-190, (at) => record(at, inviter, "administrator.invited", { subject, after: accessDetails(first) })),
    afterJoining(-4, (at) => record(at, who, "administrator.accepted", { subject: { ...subject, label: role } })),
    afterJoining(0, (at) => record(at, who, "administrator.joined", { subject: { ...subject, label: role } })),
  ];
  if (roleCorrected) {
    const [before, after] = [first, who].map(accessDetails).map(({ role: label, siteAccess }) => ({ role: label, siteAccess }));
    events.push(afterJoining(26, (at) => record(at, inviter, "administrator.updated", { subject, before, after })));
  }
  const { leftAt } = who;
  const revoke: SeedEvent["apply"] = (at) => record(at, inviter, "administrator.revoked", { subject, before: accessDetails(who) });
  if (leftAt) events.push({ at: leftAt, apply: revoke });
  return events;
}

function invitations({ organization, invitationIds, rng, now, record }: Builder, inviter: Member): SeedEvent[] {
  const { pending, expired, mistyped } = organization;
  const mistypedId = rng.uuid(now);
  const mistypedLabel = `${fullName(pending)} (${mistyped})`;
  const invite = (days: number, minute: number, id: string, { email, ...who }: Contact): SeedEvent => ({
    at: daysAgo(now, days, minute),
    apply: (at) => {
      const after = accessDetails({ ...who, email, scope: "all" });
      record(at, inviter, "administrator.invited", { subject: { id, label: `${fullName(who)} (${email})` }, after });
    },
  });
  const cancelled: SeedEvent = {
    at: daysAgo(now, 2, 611),
    apply: (at) => record(at, inviter, "invitation.cancelled", { subject: { id: mistypedId, label: mistypedLabel } }),
  };
  return [
    invite(20, 655, invitationIds.expired, expired),
    invite(2, 604, mistypedId, { ...pending, email: mistyped }),
    cancelled,
    invite(2, 617, invitationIds.pending, pending),
  ];
}
