import { daysAgo, storyDays } from "@/db/seed/days";
import type { Outsider } from "@/db/seed/organizations";
import type { DemoScope } from "@/db/seed/people";
import { createSite, deleteSite } from "@/db/seed/site-acts";
import type { Act, Colleague, Stage } from "@/db/seed/stage";
import { roleFacts } from "@/lib/vocabulary/access";

type Invited = Pick<Colleague, "email" | "firstName" | "lastName" | "role" | "scope">;

const lists = new Intl.ListFormat("en", { type: "conjunction" });

function reachOf(scope: DemoScope): string {
  if (scope === "all") return "all sites";
  const [kind, names] = "groups" in scope ? ["site group", scope.groups] : ["site", scope.sites];
  return `the ${kind}${names.length > 1 ? "s" : ""} ${lists.format(names)}`;
}

const nameOf = ({ firstName, lastName }: Pick<Invited, "firstName" | "lastName">) => `${firstName} ${lastName}`;

const accessOf = (who: Invited) => ({
  name: nameOf(who),
  email: who.email,
  role: roleFacts[who.role].label,
  siteAccess: reachOf(who.scope),
});

/** What everybody would tell of the half-year: how it began, who came and went, what opened and closed. */
export function milestones(stage: Stage, founder: Colleague, others: readonly Colleague[]): Act[] {
  const { organization, id, now, tell } = stage;
  const on = (days: number, minute: number, perform: Act["perform"]): Act => ({
    at: daysAgo(now, days, minute),
    perform,
  });
  const subject = { id, label: organization.name };
  const former = organization.formerSite;
  return [
    on(storyDays, 540, (at) => tell(at, founder, "organization.created", { subject, after: { name: subject.label } })),
    ...organization.sites.map((site, index) =>
      on(storyDays - Math.floor(index / 4), 556 + (index % 4) * 17, (at) => createSite(stage, founder, at, site)),
    ),
    ...others.flatMap((other) => comingAndGoing(stage, founder, other)),
    on(118, 612, (at) => createSite(stage, founder, at, former)),
    on(47, 1_002, (at) => deleteSite(stage, founder, at, former.name)),
    ...invitations(stage, founder),
  ];
}

function comingAndGoing({ tell }: Stage, inviter: Colleague, who: Colleague): Act[] {
  const corrected = who.role === "network_admin" && who.scope !== "all";
  const first: Colleague = corrected ? { ...who, role: "observer", scope: "all" } : who;
  const { label: role } = roleFacts[first.role];
  const subject = { id: who.membershipId, label: `${nameOf(who)} (${who.email})` };
  const off = (minutes: number, perform: Act["perform"]): Act => ({
    at: new Date(who.joinedAt.getTime() + minutes * 60_000),
    perform,
  });
  const acts: Act[] = [
    off(-190, (at) => tell(at, inviter, "administrator.invited", { subject, after: accessOf(first) })),
    off(-4, (at) => tell(at, who, "administrator.accepted", { subject: { ...subject, label: role } })),
    off(0, (at) => tell(at, who, "administrator.joined", { subject: { ...subject, label: role } })),
  ];
  if (corrected) {
    const [before, after] = [first, who].map(accessOf).map((facts) => ({ role: facts.role, siteAccess: facts.siteAccess }));
    acts.push(off(26, (at) => tell(at, inviter, "administrator.updated", { subject, before, after })));
  }
  const { leftAt } = who;
  const revoke: Act["perform"] = (at) => tell(at, inviter, "administrator.revoked", { subject, before: accessOf(who) });
  if (leftAt) acts.push({ at: leftAt, perform: revoke });
  return acts;
}

function invitations({ organization, waiting, dice, now, tell }: Stage, inviter: Colleague): Act[] {
  const { pending, expired, mistyped } = organization;
  const astray = dice.id(now);
  const wrong = `${nameOf(pending)} (${mistyped})`;
  const invite = (days: number, minute: number, id: string, { email, ...who }: Outsider): Act => ({
    at: daysAgo(now, days, minute),
    perform: (at) => {
      const after = accessOf({ ...who, email, scope: "all" });
      tell(at, inviter, "administrator.invited", { subject: { id, label: `${nameOf(who)} (${email})` }, after });
    },
  });
  const cancelled: Act = {
    at: daysAgo(now, 2, 611),
    perform: (at) => tell(at, inviter, "invitation.cancelled", { subject: { id: astray, label: wrong } }),
  };
  return [
    invite(20, 655, waiting.expired, expired),
    invite(2, 604, astray, { ...pending, email: mistyped }),
    cancelled,
    invite(2, 617, waiting.pending, pending),
  ];
}
