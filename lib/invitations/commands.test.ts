import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { closePools } from "@/db/client";
import { connectionPool } from "@/db/pool/connection-pool";
import { memberships } from "@/db/schema";
import { withinScope } from "@/db/tenancy";
import { revokeAccess, updateAdministrator } from "@/lib/administrators/commands";
import { getAdministrator, listAdministrators } from "@/lib/administrators/queries";
import { renderMail } from "@/emails";
import { env } from "@/lib/env";
import { cancelInvitation, inviteAdministrator, resendInvitation } from "@/lib/invitations/commands";
import { showInvitation } from "@/lib/invitations/queries";
import { tokenFor } from "@/lib/testing/invited";
import { entriesOf, lastEntry, mailsTo, newMember, newOrg, newPerson, newSite, newSuperUser } from "@/lib/testing/world";
import { roles } from "@/lib/vocabulary/access";

let serial = 0;
const address = () => `invited-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;
const invite = (email = address()) => ({ email, firstName: "Nora", lastName: "Falk", role: "observer" as const });
const refused = (code: string) => ({ code }) as const;

const look = async (email: string) => {
  const shown = await showInvitation("invite", await tokenFor(email, "invitation"));
  return shown.open ? "open" : shown.obstacle;
};

test("ADM-2 ADM-3: an invitation is mailed, names organization, inviter, role and sites, and stays for seven days", async () => {
  const owner = await newSuperUser();
  const [kiel, hamburg] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Hamburg")];
  const email = address();
  const invited = await inviteAdministrator(owner, {
    ...invite(email.toUpperCase()), phone: "+49 30 1234567", role: "network_admin", scope: "sites", sites: [kiel.id, hamburg.id],
  });
  expect(invited).toMatchObject({ email, status: "invited", names: ["Hamburg", "Kiel"] });
  const days = (Number(invited.expiresAt) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(6.9);
  expect(days).toBeLessThan(7.01);

  const [mail] = await mailsTo(email);
  if (!mail) throw new Error("no mail");
  expect(mail.props).toMatchObject({
    organization: owner.org.name, inviter: owner.name, role: "Network Admin", access: "the sites Hamburg and Kiel",
  });
  const { subject, text } = await renderMail("invitation", mail.props);
  expect(`${subject} ${text}`).toContain(owner.org.name);
  expect(text).toContain(`${env().APP_URL}/invite/`);
  expect(await lastEntry(owner)).toMatchObject({
    name: "administrator.invited",
    message: `Invite administrator Nora Falk (${email})`,
    change: { after: { role: "Network Admin", siteAccess: "the sites Hamburg and Kiel" } },
  });
  expect(JSON.stringify(await entriesOf(owner))).not.toContain(await tokenFor(email, "invitation"));
});

test("ADM-3: the hours of validity can be chosen", async () => {
  const owner = await newSuperUser();
  const { expiresAt } = await inviteAdministrator(owner, { ...invite(), hours: 1 });
  expect((Number(expiresAt) - Date.now()) / 60_000).toBeLessThan(61);
});

test("ACC-12: the page behind the link names the organization, and looking uses nothing up", async () => {
  const owner = await newSuperUser();
  const { email } = await inviteAdministrator(owner, invite());
  const token = await tokenFor(email, "invitation");
  for (let time = 0; time < 3; time += 1) {
    expect(await showInvitation("invite", token)).toMatchObject({
      open: true, invitation: { organization: owner.org.name, inviter: owner.name, email, firstName: "Nora", accountId: null },
    });
  }
});

test("LNK-1: a link serves its own purpose only, and an invented one nothing", async () => {
  const owner = await newSuperUser();
  const { email } = await inviteAdministrator(owner, invite());
  const token = await tokenFor(email, "invitation");
  expect(await showInvitation("create_login", token)).toEqual({ open: false, obstacle: "unknown" });
  for (const wrong of ["", "x", `${token.slice(0, -1)}!`, token.slice(1), "a".repeat(43)]) {
    expect(await showInvitation("invite", wrong)).toEqual({ open: false, obstacle: "unknown" });
  }
});

test("ADM-2: the same address is invited once, at most one of ten at the same time", async () => {
  const owner = await newSuperUser();
  const input = invite();
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => inviteAdministrator(owner, input)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await mailsTo(input.email)).toHaveLength(1);
  await expect(inviteAdministrator(owner, input)).rejects.toMatchObject({ code: "conflict", fields: { email: expect.anything() } });
});

test("ADM-6: only Super Users invite, send again and cancel", async () => {
  const owner = await newSuperUser();
  const pending = await inviteAdministrator(owner, invite());
  for (const role of roles.filter((one) => one !== "super_user")) {
    const actor = await newMember(owner.org, role);
    const email = address();
    await expect(inviteAdministrator(actor, invite(email))).rejects.toMatchObject(refused("forbidden"));
    await expect(resendInvitation(actor, { administratorId: pending.id })).rejects.toMatchObject(refused("forbidden"));
    await expect(cancelInvitation(actor, { administratorId: pending.id })).rejects.toMatchObject(refused("forbidden"));
    expect(await mailsTo(email)).toEqual([]);
  }
  expect(await mailsTo(pending.email)).toHaveLength(1);
});

test("TEN-7: an invitation by somebody held to some sites cannot reach beyond them", async () => {
  const owner = await newSuperUser();
  const [own, hidden] = [await newSite(owner.org), await newSite(owner.org)];
  const held = await newMember(owner.org, "super_user", [own.id]);
  await expect(inviteAdministrator(held, invite())).rejects.toMatchObject(refused("forbidden"));
  const beyond = { ...invite(), scope: "sites" as const, sites: [own.id, hidden.id] };
  await expect(inviteAdministrator(held, beyond)).rejects.toMatchObject(refused("invalid"));
});

test("TEN-8: planted fields are refused before anything is written", async () => {
  const owner = await newSuperUser();
  for (const field of ["id", "orgId", "organizationId", "accountId", "acceptedAt", "invitedBy", "expiresAt", "version"]) {
    await expect(inviteAdministrator(owner, { ...invite(), [field]: owner.id } as never)).rejects.toMatchObject(refused("invalid"));
  }
  expect((await listAdministrators(owner, {})).total).toBe(1);
});

test("LNK-2: a link sent again makes the older one worthless, and the invitation lasts anew", async () => {
  const owner = await newSuperUser();
  const invited = await inviteAdministrator(owner, { ...invite(), hours: 1 });
  const older = await tokenFor(invited.email, "invitation");
  const again = await resendInvitation(owner, { administratorId: invited.id });
  expect(Number(again.expiresAt)).toBeGreaterThan(Number(invited.expiresAt));
  expect(await showInvitation("invite", older)).toEqual({ open: false, obstacle: "replaced" });
  expect(await look(invited.email)).toBe("open");
  expect(await lastEntry(owner)).toMatchObject({ name: "administrator.reinvited" });
});

test("LNK-10: however often it is sent again, an address gets five mails an hour", async () => {
  const owner = await newSuperUser();
  const { id, email } = await inviteAdministrator(owner, invite());
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => resendInvitation(owner, { administratorId: id })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(refusals.every(({ code, retryAfterSeconds }) => code === "busy" && retryAfterSeconds > 0)).toBe(true);
  expect(await mailsTo(email)).toHaveLength(5);
  expect(await look(email)).toBe("open");
});

test("LNK-10: mails from a stranger's organization keep nobody from inviting the same address, up to twenty an hour", async () => {
  const email = address();
  const often = async () => {
    const owner = await newSuperUser();
    const { id } = await inviteAdministrator(owner, invite(email));
    for (let again = 1; again < 5; again += 1) await resendInvitation(owner, { administratorId: id });
    await expect(resendInvitation(owner, { administratorId: id })).rejects.toMatchObject(refused("busy"));
  };
  for (let strangers = 0; strangers < 4; strangers += 1) await often();
  await expect(inviteAdministrator(await newSuperUser(), invite(email))).rejects.toMatchObject(refused("busy"));
});

test("LNK-10: one account sends a hundred invitations an hour, from however many organizations", async () => {
  const [person, orgs] = [await newPerson(), await Promise.all([newOrg(), newOrg()])];
  const [one, other] = await Promise.all(orgs.map((org) => newMember(org, "super_user", "all", person)));
  if (!one || !other) throw new Error("no members");
  const outcomes = [];
  for (let round = 0; round < 52; round += 1) {
    outcomes.push(...(await Promise.allSettled([inviteAdministrator(one, invite()), inviteAdministrator(other, invite())])));
  }
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(100);
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(["busy", "busy", "busy", "busy"]);
});

test("ADM-3: a cancelled invitation is gone, its link says so, and the address can be invited again", async () => {
  const owner = await newSuperUser();
  const { id, email } = await inviteAdministrator(owner, invite());
  await cancelInvitation(owner, { administratorId: id });
  expect(await lastEntry(owner)).toMatchObject({ name: "invitation.cancelled" });
  expect(await look(email)).toBe("replaced");
  await expect(getAdministrator(owner, { administratorId: id })).rejects.toMatchObject(refused("not_found"));
  await inviteAdministrator(owner, invite(email));
  expect(await look(email)).toBe("open");
});

test("ADM-3: an active administrator is neither invited again nor cancelled, an invitation not revoked", async () => {
  const owner = await newSuperUser();
  const member = String((await newMember(owner.org, "observer")).membershipId);
  await expect(cancelInvitation(owner, { administratorId: member })).rejects.toMatchObject(refused("conflict"));
  await expect(resendInvitation(owner, { administratorId: member })).rejects.toMatchObject(refused("conflict"));
  const { id } = await inviteAdministrator(owner, invite());
  await expect(revokeAccess(owner, { administratorId: id })).rejects.toMatchObject(refused("conflict"));
});

test("LNK-6: an inviter who is demoted or revoked takes the invitations along; sent again by another, it works", async () => {
  const owner = await newSuperUser();
  const [demoted, revoked] = [await newMember(owner.org, "super_user"), await newMember(owner.org, "super_user")];
  const [first, second] = [await inviteAdministrator(demoted, invite()), await inviteAdministrator(revoked, invite())];
  await updateAdministrator(owner, { administratorId: String(demoted.membershipId), version: 1, role: "network_admin" });
  await revokeAccess(owner, { administratorId: String(revoked.membershipId) });
  expect([await look(first.email), await look(second.email)]).toEqual(["replaced", "replaced"]);
  await resendInvitation(owner, { administratorId: second.id });
  expect(await look(second.email)).toBe("open");
});

test("LNK-6: an inviter's role is looked at again when the link is followed", async () => {
  const owner = await newSuperUser();
  const inviter = await newMember(owner.org, "super_user");
  const { email } = await inviteAdministrator(inviter, invite());
  const within = { orgId: owner.orgId, sites: "all" as const };
  await withinScope(within, (tx) => tx.update(memberships).set({ role: "observer" }).where(eq(memberships.accountId, inviter.id)));
  expect(await look(email)).toBe("not_permitted");
});

test("LNK-6: sites that are gone are not offered; an invitation for none is not open", async () => {
  const owner = await newSuperUser();
  const [kiel, hamburg] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Hamburg")];
  const { email, id } = await inviteAdministrator(owner, { ...invite(), scope: "sites", sites: [kiel.id, hamburg.id] });
  const remove = (siteId: string) =>
    withinScope({ orgId: owner.orgId, sites: "all" }, (tx) => tx.execute(sql`delete from sites where id = ${siteId}`));
  await remove(kiel.id);
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ names: ["Hamburg"] });
  expect(await look(email)).toBe("open");
  await remove(hamburg.id);
  expect(await look(email)).toBe("no_sites");
});

test("LNK-2: an invitation past its time is expired in the list and at the link", async () => {
  const owner = await newSuperUser();
  const { email, id } = await inviteAdministrator(owner, invite());
  await withinScope({ orgId: owner.orgId, sites: "all" }, (tx) =>
    tx.update(memberships).set({ expiresAt: sql`now() - interval '1 minute'` }).where(eq(memberships.id, id)),
  );
  expect((await listAdministrators(owner, { search: email })).rows).toMatchObject([{ status: "expired" }]);
  expect(await look(email)).toBe("expired");
  await resendInvitation(owner, { administratorId: id });
  expect((await listAdministrators(owner, { search: email })).rows).toMatchObject([{ status: "invited" }]);
});

test("REL-3: a database that is away for a moment is no withdrawn invitation", async () => {
  const owner = await newSuperUser();
  const { email } = await inviteAdministrator(owner, invite());
  const token = await tokenFor(email, "invitation");
  await connectionPool("app").end();
  await expect(showInvitation("invite", token)).rejects.toMatchObject({ code: "CONNECTION_ENDED" });
  await closePools();
  expect(await showInvitation("invite", token)).toMatchObject({ open: true });
});
