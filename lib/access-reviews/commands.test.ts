import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { accounts, memberships } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { exportAccessReview, exportReviewDecisions, keepSelected, revokeSelected } from "@/lib/access-reviews/commands";
import { jobs } from "@/lib/access-reviews/jobs";
import { getSelectedForReview, listAccessReview, listReviewDecisions } from "@/lib/access-reviews/queries";
import { revokeAccess } from "@/lib/administrators/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { updateLastSeen } from "@/lib/sessions/commands";
import { getAuthSession } from "@/lib/sessions/queries";
import { rolePermissions } from "@/lib/shared/permissions";
import { roleNames } from "@/lib/shared/roles";
import { collect, connectAsOwner, listAuditEntries, newAccount, newMember, newSite, newSuperUser, queuedEmailsTo } from "@/lib/testing/fixtures";
import { rounds } from "@/lib/testing/race";
import { loadSession, newRequestMetadata, newSession } from "@/lib/testing/sign-in";

const idOf = (actor: Actor) => String(actor.membershipId);
const inOrg = ({ orgId }: Actor) => ({ orgId, sites: "all" }) as const;
const idsIn = async (actor: Actor, filter: Parameters<typeof listAccessReview>[1]) => (await listAccessReview(actor, filter)).rows.map(({ id }) => id).toSorted();
const sorted = (...actors: Actor[]) => actors.map(idOf).toSorted();

const setUse = (member: Actor, daysAgo: number | null, joinedDaysAgo = 0) =>
  withTenant(inOrg(member), (tx) =>
    tx
      .update(memberships)
      .set({ lastSeenAt: daysAgo === null ? null : sql`now() - make_interval(days => ${daysAgo})`, acceptedAt: sql`now() - make_interval(days => ${joinedDaysAgo})` })
      .where(eq(memberships.id, idOf(member))),
  );

/** Lets days pass since the decisions of an organization, which no application role may change. */
async function ageDecisions({ orgId }: Actor, days: number) {
  const owner = connectAsOwner();
  await owner.begin(async (db) => {
    await db`alter table access_review_decisions no force row level security`;
    await db`update access_review_decisions set decided_at = decided_at - make_interval(days => ${days}) where organization_id = ${orgId}`;
    await db`alter table access_review_decisions force row level security`;
  });
  await owner.end();
}

describe("ADM-8: the access review", () => {
  test("lists who has what, when it was last used, and the latest decision; invitations and ended access are not in it", async () => {
    const owner = await newSuperUser();
    const kiel = await newSite(owner.org, "Kiel");
    const person = await newAccount();
    const member = await newMember(owner.org, "network_admin", [kiel.id], person);
    await inviteAdministrator(owner, { email: "invited@example.test", firstName: "In", role: "observer", scope: "all" });
    const ended = await newMember(owner.org, "observer");
    await withTenant(inOrg(owner), (tx) => tx.update(memberships).set({ accessEndsAt: sql`now()` }).where(eq(memberships.id, idOf(ended))));

    const used = { ...(await loadSession(await newSession(person))), origin: newRequestMetadata() };
    await updateLastSeen(used, { orgId: owner.orgId });
    await keepSelected(owner, { ids: [idOf(member)], reason: "Runs Kiel" });
    expect(await idsIn(owner, {})).toEqual(sorted(owner, member));
    const { rows } = await listAccessReview(owner, { search: person.email });
    expect(rows).toMatchObject([{ role: "network_admin", scope: "sites", names: ["Kiel"], lastUsedAt: expect.any(Date), reviewedAt: expect.any(Date), reviewedBy: owner.name, reviewReason: "Runs Kiel" }]);
  });

  test("is filtered by use, two-factor authentication and last review; list, report and selection agree", async () => {
    const owner = await newSuperUser();
    const safe = await newAccount();
    const [away, neverCame, fresh, secured] = [
      await newMember(owner.org, "observer"),
      await newMember(owner.org, "observer"),
      await newMember(owner.org, "observer"),
      await newMember(owner.org, "observer", "all", safe),
    ];
    await withAuthScope({ accountId: safe.id }, (tx) => tx.update(accounts).set({ twoFactorEnabledAt: new Date() }).where(eq(accounts.id, safe.id)));
    await setUse(away, 91, 200);
    await setUse(neverCame, null, 91);
    await setUse(fresh, null, 1);
    await setUse(secured, 89, 200);
    expect(await idsIn(owner, { use: "unused" })).toEqual(sorted(away, neverCame));
    expect(await idsIn(owner, { use: "used" })).toEqual(sorted(owner, fresh, secured));
    expect(await idsIn(owner, { twoFactor: "on" })).toEqual(sorted(secured));

    await keepSelected(owner, { ids: sorted(away, secured) });
    await ageDecisions(owner, 100);
    await keepSelected(owner, { ids: sorted(away, fresh) });
    await ageDecisions(owner, 91);
    await keepSelected(owner, { ids: sorted(owner) });
    expect(await idsIn(owner, { reviewed: "none" })).toEqual(sorted(neverCame));
    expect(await idsIn(owner, { reviewed: "over90" })).toEqual(sorted(away, fresh, secured));
    expect(await idsIn(owner, { reviewed: ["over180", "none"] })).toEqual(sorted(secured, neverCame));
    const report = (await collect(await exportAccessReview(owner, { use: "unused" }))).flat();
    expect(report.map(({ id }) => id).toSorted()).toEqual(sorted(away, neverCame));
    expect(await getSelectedForReview(owner, { all: "true", use: ["unused"] })).toHaveLength(2);
    const { results } = await revokeSelected(owner, { all: "true", use: ["unused"], reason: "" });
    expect(results.map(({ text }) => text)).toEqual(["access revoked", "access revoked"]);
    expect(await idsIn(owner, {})).toEqual(sorted(owner, fresh, secured));
  });

  test("records each decision with the reviewer, the reason and the access at that time, also about who has none any more", async () => {
    const owner = await newSuperUser();
    const kiel = await newSite(owner.org, "Kiel");
    const person = await newAccount();
    const member = await newMember(owner.org, "network_admin", [kiel.id], person);
    const opened = await newSession(person);
    await keepSelected(owner, { ids: [idOf(member)], reason: "Still needed" });
    await revokeSelected(owner, { ids: [idOf(member)], reason: "Left the company" });

    const { rows } = await listReviewDecisions(owner, {});
    const then = { email: person.email, role: "network_admin", siteAccess: "the site Kiel", reviewerName: owner.name, twoFactor: false };
    expect(rows).toMatchObject([
      { decision: "revoked", reason: "Left the company", ...then },
      { decision: "kept", reason: "Still needed", ...then },
    ]);
    expect((await listReviewDecisions(owner, { decision: "revoked", search: person.email })).rows).toHaveLength(1);
    expect((await collect(await exportReviewDecisions(owner, {}))).flat()).toHaveLength(2);
    const entries = (await listAuditEntries(owner)).filter(({ subjectId }) => subjectId === idOf(member));
    expect(entries.map(({ name }) => name).toSorted()).toEqual(["access_review.kept", "access_review.revoked", "administrator.revoked"]);
    expect(entries.find(({ name }) => name === "access_review.revoked")?.change).toMatchObject({ before: { role: "Network Admin", siteAccess: "the site Kiel", reason: "Left the company" } });
    expect((await queuedEmailsTo(person.email)).map(({ template }) => template)).toEqual(["access-revoked"]);
    expect((await getAuthSession(opened))?.memberships).toEqual([]);
  });

  test("only Super Users decide; who may read administrators reads it, and nobody else", async () => {
    const owner = await newSuperUser();
    const target = await newMember(owner.org, "observer");
    for (const role of roleNames.filter((one) => one !== "super_user")) {
      const actor = await newMember(owner.org, role);
      for (const decide of [keepSelected, revokeSelected]) await expect(decide(actor, { ids: [idOf(target)] })).rejects.toMatchObject({ code: "forbidden" });
      const reads = Promise.all([listAccessReview(actor, {}), listReviewDecisions(actor, {})]);
      if (rolePermissions[role].includes("administrator.read")) await reads;
      else await expect(reads).rejects.toMatchObject({ code: "forbidden" });
    }
    expect((await listReviewDecisions(owner, {})).rows).toEqual([]);
  });

  test("own access can be kept and not revoked, and the last Super User stays", async () => {
    const owner = await newSuperUser();
    const second = await newMember(owner.org, "super_user");
    expect((await keepSelected(owner, { ids: [idOf(owner)] })).results).toMatchObject([{ done: true }]);
    const { results } = await revokeSelected(owner, { ids: sorted(owner, second) });
    expect(Object.fromEntries(results.map(({ id, done }) => [id, done]))).toEqual({ [idOf(owner)]: false, [idOf(second)]: true });
    expect((await listReviewDecisions(owner, { decision: "revoked" })).rows).toHaveLength(1);
  });

  test("decisions are deleted past the retention period, and no others; every filter of the last review finds somebody until then", async () => {
    const [owner, other] = [await newSuperUser(), await newSuperUser()];
    await keepSelected(owner, { ids: [idOf(owner)] });
    await keepSelected(other, { ids: [idOf(other)] });
    await ageDecisions(owner, 366);
    await ageDecisions(other, 364);
    for (const { perform } of jobs) await perform({});
    expect([(await listReviewDecisions(owner, {})).rows, (await listReviewDecisions(other, {})).rows.length]).toEqual([[], 1]);
    expect([await idsIn(owner, { reviewed: "none" }), await idsIn(other, { reviewed: "over180" })]).toEqual([sorted(owner), sorted(other)]);
  });
});

describe("X-6: two reviewers at once", () => {
  test("revoke a member once, with one email and one decision, and the other is told that the row is gone", async () => {
    for (const _ of rounds) {
      const owner = await newSuperUser();
      const [second, person] = [await newMember(owner.org, "super_user"), await newAccount()];
      const member = await newMember(owner.org, "observer", "all", person);
      const outcomes = await Promise.all([
        revokeSelected(owner, { ids: [idOf(member)] }),
        revokeSelected(second, { ids: [idOf(member)] }),
        revokeAccess(owner, { administratorId: idOf(member) }).then(() => ({ results: [{ done: true, text: "" }] }), () => ({ results: [{ done: false, text: "no longer exists" }] })),
      ]);
      const results = outcomes.flatMap((outcome) => outcome.results);
      expect(results.filter(({ done }) => done)).toHaveLength(1);
      expect(results.filter(({ text }) => text === "no longer exists")).toHaveLength(2);
      expect(await queuedEmailsTo(person.email)).toHaveLength(1);
      expect((await listReviewDecisions(owner, {})).rows.length).toBeLessThan(2);
    }
  });

  test("keep and revoke: both decisions are recorded, or the later one finds nobody", async () => {
    for (const _ of rounds) {
      const owner = await newSuperUser();
      const [second, member] = [await newMember(owner.org, "super_user"), await newMember(owner.org, "observer")];
      const [kept, kept2, revoked] = await Promise.all([
        keepSelected(owner, { ids: [idOf(member)] }),
        keepSelected(second, { ids: [idOf(member)] }),
        revokeSelected(second, { ids: [idOf(member)] }),
      ]);
      expect(revoked.results).toMatchObject([{ done: true }]);
      const done = [...kept.results, ...kept2.results].filter((result) => result.done).length;
      expect((await listReviewDecisions(owner, {})).rows.map(({ decision }) => decision).toSorted()).toEqual([...Array.from({ length: done }, () => "kept"), "revoked"]);
    }
  });
});
