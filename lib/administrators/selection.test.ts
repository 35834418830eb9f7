import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import { memberships } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { changeRoleOfSelected, revokeSelected } from "@/lib/administrators/commands";
import { getAdministrator, listAdministrators } from "@/lib/administrators/queries";
import { inviteAdministrator, resendSelected } from "@/lib/invitations/commands";
import { listAuditEntries, queuedEmailsTo, newMember, newSite, newSuperUser, type TestOrg } from "@/lib/testing/fixtures";
import { roleNames } from "@/lib/shared/roles";

const idOf = ({ membershipId }: Actor) => String(membershipId);
const invite = (email: string) => ({ email, firstName: "Gert", lastName: "Ridder", role: "observer" as const, scope: "all" as const });
const newEmail = () => `invited-${Math.random().toString(36).slice(2)}@example.test`;
const namesIn = async (owner: Actor) => (await listAdministrators(owner, {})).rows.map(({ name }) => name);

const put = (org: TestOrg, count: number) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) =>
    tx.insert(memberships).values(
      Array.from({ length: count }, (_, at) => ({ email: `${org.id}-${at}@example.test`, firstName: "In", lastName: `Vited ${at}`, role: "observer" as const })),
    ),
  );

describe("ADM-5: revoking the access of several", () => {
  test("ADM-5: every row has its own result; every revoked member has an audit entry and an email", async () => {
    const owner = await newSuperUser();
    const [one, two] = [await newMember(owner.org, "observer"), await newMember(owner.org, "network_admin")];
    const invited = await inviteAdministrator(owner, invite(newEmail()));
    const { results, next } = await revokeSelected(owner, { ids: [idOf(one), idOf(owner), invited.id, idOf(two)] });
    const outcome = Object.fromEntries(results.map(({ name, done, text }) => [name, `${done} ${text}`]));
    expect(outcome).toEqual({
      [one.name]: "true access revoked",
      [two.name]: "true access revoked",
      [owner.name]: expect.stringMatching(/^false You can’t change your own access/),
      "Gert Ridder": expect.stringMatching(/^false This invitation hasn’t been accepted yet/),
    });
    expect(next).toBeUndefined();
    expect(new Set(await namesIn(owner))).toEqual(new Set([owner.name, "Gert Ridder"]));
    const entries = (await listAuditEntries(owner)).filter(({ name }) => name === "administrator.revoked");
    expect(entries).toHaveLength(2);
    expect(new Set(entries.map(({ subjectId }) => subjectId))).toEqual(new Set([idOf(one), idOf(two)]));
    for (const { email } of [one, two]) expect(await queuedEmailsTo(String(email))).toMatchObject([{ template: "access-revoked" }]);
  });

  test("ADM-6: the last Super User is kept, and the refused row leaves no entry and no email", async () => {
    const owner = await newSuperUser();
    const other = await newMember(owner.org, "super_user");
    const stranger: Actor = { ...owner, kind: "system", id: v7() };
    const { results } = await revokeSelected(stranger, { ids: [idOf(owner), idOf(other)] });
    expect(results.map(({ done, text }) => [done, text])).toEqual([
      [true, "access revoked"],
      [false, "An organization needs at least one Super User. Make someone else a Super User first"],
    ]);
    const demoted = await changeRoleOfSelected(stranger, { ids: [idOf(other)], role: "observer" });
    expect(demoted.results).toMatchObject([{ done: false, text: expect.stringMatching(/at least one Super User/) }]);
    expect((await listAdministrators(other, {})).rows).toMatchObject([{ id: other.membershipId, role: "super_user" }]);
    expect(await queuedEmailsTo(String(other.email))).toEqual([]);
    expect((await listAuditEntries(owner)).filter(({ subjectId }) => subjectId === idOf(other))).toEqual([]);
  });

  test("a selection in which every row is refused returns results and changes nothing", async () => {
    const owner = await newSuperUser();
    const { id } = await inviteAdministrator(owner, invite(newEmail()));
    const before = (await listAuditEntries(owner)).length;
    expect((await revokeSelected(owner, { ids: [id] })).results).toMatchObject([{ id, name: "Gert Ridder", done: false }]);
    expect(await listAuditEntries(owner)).toHaveLength(before);
    expect((await revokeSelected(owner, { ids: [idOf(owner)] })).results).toMatchObject([{ done: false }]);
    expect((await listAuditEntries(owner))[0]).toMatchObject({ name: "access.denied" });
  });

  test("TEN-3: rows of another organization are reported as missing and stay untouched", async () => {
    const owner = await newSuperUser();
    const stranger = await newSuperUser();
    const { results } = await revokeSelected(owner, { ids: [idOf(stranger)] });
    expect(results).toEqual([{ id: idOf(stranger), name: "A selected row", done: false, text: "no longer exists" }]);
    expect(await namesIn(stranger)).toEqual([stranger.name]);
  });

  test("ADM-6: only Super Users can run commands on a selection; denied attempts are audited", async () => {
    const owner = await newSuperUser();
    const target = await newMember(owner.org, "observer");
    for (const role of roleNames.filter((one) => one !== "super_user")) {
      const other = await newMember(owner.org, role);
      await expect(revokeSelected(other, { ids: [idOf(target)] })).rejects.toMatchObject({ code: "forbidden" });
      await expect(resendSelected(other, { ids: [idOf(target)] })).rejects.toMatchObject({ code: "forbidden" });
      await expect(changeRoleOfSelected(other, { ids: [idOf(target)], role: "observer" })).rejects.toMatchObject({ code: "forbidden" });
      expect((await listAuditEntries(owner))[0]).toMatchObject({ name: "access.denied", actorId: other.id });
    }
  });
});

describe("X-8: all that match", () => {
  test("X-8: are handled once each in batches of 50, by the filter of the list", async () => {
    const owner = await newSuperUser();
    await put(owner.org, 120);
    const kept = await newMember(owner.org, "helpdesk");
    const sizes: number[] = [];
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const outcome = await changeRoleOfSelected(owner, { all: "true", search: "vited", roles: ["observer"], role: "installer", after });
      sizes.push(outcome.results.length);
      for (const { id, text } of outcome.results) seen.add(`${id} ${text}`);
      after = outcome.next;
    } while (after !== undefined);
    expect(sizes).toEqual([50, 50, 20]);
    expect(seen.size).toBe(120);
    expect((await listAdministrators(owner, { role: "installer" })).total).toBe(120);
    expect(await getAdministrator(owner, { administratorId: idOf(kept) })).toMatchObject({ role: "helpdesk" });
  });

  test.each([
    {},
    { ids: Array.from({ length: 51 }, () => "01900000-0000-7000-8000-000000000001") },
    { all: "true" as const, roles: ["nobody" as "observer"] },
  ])("INP-3: %j is rejected: invalid input never widens a selection", async (selection) => {
    const owner = await newSuperUser();
    await newMember(owner.org, "observer");
    await expect(revokeSelected(owner, selection)).rejects.toMatchObject({ code: "invalid" });
    expect(await namesIn(owner)).toHaveLength(2);
  });
});

describe("changing the role of several", () => {
  test("ADM-5: site access is kept unless the new role always covers all sites", async () => {
    const owner = await newSuperUser();
    const site = await newSite(owner.org);
    const scoped = await newMember(owner.org, "observer", [site.id]);
    const facts = () => getAdministrator(owner, { administratorId: idOf(scoped) });
    await changeRoleOfSelected(owner, { ids: [idOf(scoped)], role: "helpdesk" });
    expect(await facts()).toMatchObject({ role: "helpdesk", scope: "sites", sites: [site.id], version: 2 });
    await changeRoleOfSelected(owner, { ids: [idOf(scoped)], role: "super_observer" });
    expect(await facts()).toMatchObject({ role: "super_observer", scope: "all", sites: [], version: 3 });
    const again = await changeRoleOfSelected(owner, { ids: [idOf(scoped)], role: "super_observer" });
    expect(again.results).toMatchObject([{ done: true, text: "is already Super Observer" }]);
    expect(await facts()).toMatchObject({ version: 3 });
    expect((await listAuditEntries(owner)).filter(({ name }) => name === "administrator.updated")).toHaveLength(2);
  });
});

describe("ADM-3: sending several invitations again", () => {
  test("ADM-3: every pending invitation gets an email and an audit entry; a joined member is refused", async () => {
    const owner = await newSuperUser();
    const member = await newMember(owner.org, "observer");
    const emails = [newEmail(), newEmail()];
    const invited = [];
    for (const email of emails) invited.push(await inviteAdministrator(owner, invite(email)));
    const { results } = await resendSelected(owner, { ids: [...invited.map(({ id }) => id), idOf(member)] });
    expect(results.filter(({ done }) => done)).toMatchObject([{ text: "invitation sent again" }, { text: "invitation sent again" }]);
    expect(results.find(({ id }) => id === idOf(member))).toMatchObject({ done: false, text: "This invitation was accepted, so there is nothing to send again" });
    for (const email of emails) expect(await queuedEmailsTo(email)).toHaveLength(2);
    expect((await listAuditEntries(owner)).filter(({ name }) => name === "administrator.reinvited")).toHaveLength(2);
  });

  test("LNK-10: the limit of one recipient does not affect the others", async () => {
    const owner = await newSuperUser();
    const [often, fresh] = [await inviteAdministrator(owner, invite(newEmail())), await inviteAdministrator(owner, invite(newEmail()))];
    const outcomes = [];
    for (let round = 0; round < 6; round += 1) outcomes.push((await resendSelected(owner, { ids: [often.id] })).results[0]?.done);
    expect(outcomes.at(-1)).toBe(false);
    const { results } = await resendSelected(owner, { ids: [often.id, fresh.id] });
    expect(Object.fromEntries(results.map(({ id, done }) => [id, done]))).toEqual({ [often.id]: false, [fresh.id]: true });
  });
});
