import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { v7 } from "uuid";
import { withAuthScope } from "@/db/auth-access";
import { memberships, msps, organizationMsps, organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { deleteOrganization } from "@/lib/organization-deletion/commands";
import { acceptMspRequest, declineMspRequest, endMspOrganization } from "@/lib/msps/commands";
import { assignMsp, endMsp } from "@/lib/organization-msps/commands";
import { getOrganizationMsp } from "@/lib/organization-msps/queries";
import { getMsp, listOwnMsps } from "@/lib/msps/queries";
import { getAccountActivity } from "@/lib/sessions/queries";
import { addMspAdministrator, createMsp, removeMspAdministrator } from "@/lib/staff/commands";
import { staffActor } from "@/lib/staff/rules";
import { listAuditEntries, newAccount, newMember, newSuperUser, queuedEmailsTo } from "@/lib/testing/fixtures";
import { race, rounds } from "@/lib/testing/race";
import { loadSession, newAccountContext, newSession } from "@/lib/testing/sign-in";

const ida = staffActor("Ida Holm");

/** A provider with one administrator. */
async function newMsp(name = "Halyard Networks") {
  const msp = await createMsp(ida, { name });
  const person = await newAccount();
  await addMspAdministrator(ida, { msp: msp.id, email: person.email });
  return { ...msp, person, self: await newAccountContext(person) };
}

const templatesTo = async (email: string) => (await queuedEmailsTo(email)).map(({ template }) => template).filter((name) => name.startsWith("msp-"));
const eventsOf = async (actor: Parameters<typeof listAuditEntries>[0]) => (await listAuditEntries(actor)).map(({ message, actorId }) => ({ message, actorId }));

/** An organization that is assigned to a provider. */
async function newAssigned() {
  const [msp, owner] = [await newMsp(), await newSuperUser()];
  const ids = { mspId: msp.id, organization: owner.orgId };
  await assignMsp(owner, { mspId: msp.id });
  await acceptMspRequest(msp.self, ids);
  return { msp, owner, ids };
}

describe("ORG-1: a Managed Service Provider", () => {
  test("is asked by its id, accepts, and is the provider from then on; both sides are told and both are in the log", async () => {
    const [msp, owner] = [await newMsp(), await newSuperUser()];
    const other = await newMember(owner.org, "super_user");
    const observer = await newMember(owner.org, "observer");
    expect(await getOrganizationMsp(owner, {})).toBeNull();
    await assignMsp(owner, { mspId: msp.id });
    expect(await getOrganizationMsp(owner, {})).toMatchObject({ mspId: msp.id, mspName: msp.name, acceptedAt: null });
    expect(await templatesTo(msp.person.email)).toEqual(["msp-requested"]);
    expect(await getMsp(msp.person.id, { mspId: msp.id })).toMatchObject({ name: msp.name, organizations: [], requests: [{ name: owner.org.name }] });

    await acceptMspRequest(msp.self, { mspId: msp.id, organization: owner.orgId });
    expect(await getOrganizationMsp(owner, {})).toMatchObject({ mspName: msp.name, acceptedAt: expect.any(Date) });
    expect(await getMsp(msp.person.id, { mspId: msp.id })).toMatchObject({ requests: [], organizations: [{ id: owner.orgId }] });
    for (const { email } of [owner, other]) expect(await templatesTo(String(email))).toEqual(["msp-accepted"]);
    expect(await templatesTo(String(observer.email))).toEqual([]);
    expect(await eventsOf(owner)).toEqual([
      { message: `Accepted assignment to MSP ${msp.name}`, actorId: msp.person.id },
      { message: `Requested assignment to MSP ${msp.name}`, actorId: owner.id },
    ]);
  });

  test("may decline, and the organization may withdraw its request and ask again", async () => {
    const [msp, owner] = [await newMsp(), await newSuperUser()];
    const ids = { mspId: msp.id, organization: owner.orgId };
    await assignMsp(owner, { mspId: msp.id });
    await declineMspRequest(msp.self, ids);
    expect(await getOrganizationMsp(owner, {})).toBeNull();
    expect(await templatesTo(String(owner.email))).toEqual(["msp-declined"]);
    await assignMsp(owner, { mspId: msp.id });
    await endMsp(owner, { mspId: msp.id });
    await expect(acceptMspRequest(msp.self, ids)).rejects.toMatchObject({ code: "not_found" });
    expect((await eventsOf(owner)).map(({ message }) => message)).toEqual([
      `Withdrew request to MSP ${msp.name}`,
      `Requested assignment to MSP ${msp.name}`,
      `Declined assignment to MSP ${msp.name}`,
      `Requested assignment to MSP ${msp.name}`,
    ]);
  });

  test("SUP-3: either side ends it, immediately and in the log under the name of the person", async () => {
    for (const side of ["organization", "provider"] as const) {
      const { msp, owner, ids } = await newAssigned();
      await (side === "organization" ? endMsp(owner, { mspId: msp.id }) : endMspOrganization(msp.self, ids));
      expect(await getOrganizationMsp(owner, {})).toBeNull();
      expect((await getMsp(msp.person.id, { mspId: msp.id })).organizations).toEqual([]);
      expect((await eventsOf(owner))[0]).toEqual({
        message: `Ended assignment to MSP ${msp.name}`,
        actorId: side === "organization" ? owner.id : msp.person.id,
      });
      expect(await templatesTo(side === "organization" ? msp.person.email : String(owner.email))).toContain("msp-ended");
      await expect(endMspOrganization(msp.self, ids)).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("an unknown id, a second provider and another role are refused in words", async () => {
    const { owner, msp } = await newAssigned();
    const second = await newMsp("Ketch Systems");
    await expect(assignMsp(owner, { mspId: second.id })).rejects.toMatchObject({
      code: "conflict",
      fields: { mspId: ["This organization already has a Managed Service Provider, or has asked one"] },
    });
    const alone = await newSuperUser();
    await expect(assignMsp(alone, { mspId: v7() })).rejects.toMatchObject({ fields: { mspId: ["There is no Managed Service Provider with this ID"] } });
    await expect(assignMsp(alone, { mspId: "Halyard" })).rejects.toMatchObject({ code: "invalid" });
    await expect(endMsp(owner, { mspId: second.id })).rejects.toMatchObject({ code: "conflict" });
    const admin = await newMember(owner.org, "network_admin");
    expect(await getOrganizationMsp(admin, {})).toMatchObject({ mspName: msp.name });
    await expect(endMsp(admin, { mspId: msp.id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(getOrganizationMsp(await newMember(owner.org, "observer"), {})).rejects.toMatchObject({ code: "forbidden" });
  });

  test("goes with the organization, and its administrators with their account", async () => {
    const { msp, owner } = await newAssigned();
    await deleteOrganization(owner, { name: owner.org.name });
    expect((await getMsp(msp.person.id, { mspId: msp.id })).organizations).toEqual([]);
    await deleteAccount(msp.self, { agreed: "true" });
    expect(await listOwnMsps(msp.person.id)).toEqual([]);
  });
});

describe("SUP-4: a Managed Service Provider reaches only organizations that are assigned to it, and nothing in them", () => {
  test("another account, another provider and a removed administrator find nothing", async () => {
    const { msp, owner, ids } = await newAssigned();
    const [stranger, other] = [await newAccountContext(await newAccount()), await newMsp("Ketch Systems")];
    for (const self of [stranger, other.self]) {
      await expect(getMsp(self.account.id, { mspId: msp.id })).rejects.toMatchObject({ code: "not_found" });
      await expect(endMspOrganization(self, ids)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(endMspOrganization(other.self, { ...ids, mspId: other.id })).rejects.toMatchObject({ code: "not_found" });
    await removeMspAdministrator(ida, { msp: msp.id, email: msp.person.email });
    await expect(getMsp(msp.person.id, { mspId: msp.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(endMspOrganization(msp.self, ids)).rejects.toMatchObject({ code: "not_found" });
    expect(await getOrganizationMsp(owner, {})).toMatchObject({ mspId: msp.id });
  });

  test("in the database, the scope of a provider shows its own organizations only, and none of their members", async () => {
    const { msp, owner } = await newAssigned();
    await newAssigned();
    await withAuthScope({ accountId: msp.person.id, mspId: msp.id }, async (tx) => {
      expect(await tx.select({ id: organizations.id }).from(organizations)).toEqual([{ id: owner.orgId }]);
      expect(await tx.select({ id: msps.id }).from(msps)).toEqual([{ id: msp.id }]);
      expect(await tx.select({ id: memberships.id }).from(memberships)).toEqual([]);
    });
    const stranger = await newSuperUser();
    await withTenant({ orgId: stranger.orgId, sites: "all" }, async (tx) => {
      expect(await tx.select().from(msps)).toEqual([]);
      expect(await tx.select().from(organizationMsps)).toEqual([]);
    });
  });
});

describe("ORG-1: at the same time", () => {
  test("of 20 acceptances one is done, with one email", async () => {
    const [msp, owner] = [await newMsp(), await newSuperUser()];
    await assignMsp(owner, { mspId: msp.id });
    const outcomes = await race(rounds.map(() => acceptMspRequest(msp.self, { mspId: msp.id, organization: owner.orgId })));
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 19 }, () => "conflict"), "done"]);
    expect(await templatesTo(String(owner.email))).toEqual(["msp-accepted"]);
  });

  test("an acceptance and a withdrawal leave either an assignment or none, and the loser is told", async () => {
    for (const _ of rounds) {
      const [msp, owner] = [await newMsp(), await newSuperUser()];
      await assignMsp(owner, { mspId: msp.id });
      const [accepted, withdrawn] = await race([acceptMspRequest(msp.self, { mspId: msp.id, organization: owner.orgId }), endMsp(owner, { mspId: msp.id })]);
      const assigned = await getOrganizationMsp(owner, {});
      const left = await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.$count(organizationMsps, eq(organizationMsps.organizationId, owner.orgId)));
      expect(left).toBe(assigned ? 1 : 0);
      expect(["done", "conflict", "not_found"]).toEqual(expect.arrayContaining([accepted, withdrawn]));
      if (withdrawn === "done") expect(assigned).toBeNull();
      else expect(assigned?.acceptedAt).toBeInstanceOf(Date);
    }
  });
});

describe("ORG-1: both sides at the same time", () => {
  test("end an assignment once, and the other is told", async () => {
    for (const _ of rounds) {
      const { msp, owner, ids } = await newAssigned();
      const outcomes = await race([endMsp(owner, { mspId: msp.id }), endMspOrganization(msp.self, ids)]);
      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
      expect(["conflict", "not_found", "done"]).toEqual(expect.arrayContaining(outcomes));
      expect((await eventsOf(owner)).filter(({ message }) => message.startsWith("Ended"))).toHaveLength(1);
    }
  });

  test("answer a request and delete the organization, and nothing is left", async () => {
    for (const _ of rounds) {
      const [msp, owner] = [await newMsp(), await newSuperUser()];
      await assignMsp(owner, { mspId: msp.id });
      const ids = { mspId: msp.id, organization: owner.orgId };
      const [answer] = await race([declineMspRequest(msp.self, ids), deleteOrganization(owner, { name: owner.org.name })]);
      expect(["done", "conflict", "not_found"]).toContain(answer);
      expect((await getMsp(msp.person.id, { mspId: msp.id })).requests).toEqual([]);
    }
  });
});

describe("ORG-1: the operator's commands", () => {
  test("make a provider, add and remove its administrators, and tell them", async () => {
    const msp = await newMsp("Halyard Networks");
    expect(await listOwnMsps(msp.person.id)).toEqual([{ id: msp.id, name: "Halyard Networks" }]);
    await expect(addMspAdministrator(ida, { msp: msp.id, email: msp.person.email })).rejects.toMatchObject({ code: "conflict" });
    await expect(addMspAdministrator(ida, { msp: v7(), email: msp.person.email })).rejects.toMatchObject({ code: "not_found" });
    await removeMspAdministrator(ida, { msp: msp.id, email: msp.person.email });
    await expect(removeMspAdministrator(ida, { msp: msp.id, email: msp.person.email })).rejects.toThrow(/isn’t an administrator of Halyard Networks/);
    expect((await queuedEmailsTo(msp.person.email)).map(({ props }) => props.what)).toEqual([
      "You are now an administrator of the Managed Service Provider Halyard Networks",
      "You are no longer an administrator of the Managed Service Provider Halyard Networks",
    ]);
    const { events } = await getAccountActivity(await loadSession(await newSession(msp.person)));
    expect(events.map(({ name }) => name)).toEqual(expect.arrayContaining(["msp.administrator_added", "msp.administrator_removed"]));
  });
});
