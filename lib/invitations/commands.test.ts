import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { closePools } from "@/db/client";
import { connectionPool } from "@/db/pool/connection-pool";
import { withWorkerScope } from "@/db/auth-access";
import { emailOutbox, memberships } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { revokeAccess, updateAdministrator } from "@/lib/administrators/commands";
import { getAdministrator, getRevocationImpact, listAdministrators } from "@/lib/administrators/queries";
import { renderEmail } from "@/emails";
import { env } from "@/lib/env";
import { cancelInvitation, inviteAdministrator, resendInvitation } from "@/lib/invitations/commands";
import { getInvitation } from "@/lib/invitations/queries";
import { claimEmails, storeResult } from "@/lib/mail/internal";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { listAuditEntries, latestAuditEntry, queuedEmailsTo, newMember, newOrg, newAccount, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { roleNames } from "@/lib/shared/roles";

let serial = 0;
const newEmail = () => `invited-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;
const invite = (email = newEmail()) => ({ email, firstName: "Nora", lastName: "Falk", role: "observer" as const, scope: "all" as const });
const withCode = (code: string) => ({ code }) as const;

const linkState = async (email: string) => {
  const lookup = await getInvitation(await requireEmailToken(email, "invitation"));
  return lookup.open ? "open" : lookup.problem;
};

test("ADM-2 ADM-3: an invitation is emailed with organization, inviter, role and sites, and is valid for 7 days", async () => {
  const owner = await newSuperUser();
  const [kiel, hamburg] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Hamburg")];
  const email = newEmail();
  const invited = await inviteAdministrator(owner, {
    ...invite(email.toUpperCase()), phone: "+49 30 1234567", role: "network_admin", scope: "sites", sites: [kiel.id, hamburg.id],
  });
  expect(invited).toMatchObject({ email, status: "invited", names: ["Hamburg", "Kiel"] });
  const days = (Number(invited.expiresAt) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(6.9);
  expect(days).toBeLessThan(7.01);

  const [mail] = await queuedEmailsTo(email);
  if (!mail) throw new Error("no mail");
  expect(mail.props).toMatchObject({
    organization: owner.org.name, inviter: owner.name, role: "Network Admin", access: "the sites Hamburg and Kiel",
  });
  const { subject, text } = await renderEmail("invitation", mail.props);
  expect(`${subject} ${text}`).toContain(owner.org.name);
  expect(text).toContain(`${env().APP_URL}/invite/`);
  expect(await latestAuditEntry(owner)).toMatchObject({
    name: "administrator.invited",
    message: `Invited administrator Nora Falk (${email})`,
    change: { after: { role: "Network Admin", siteAccess: "the sites Hamburg and Kiel" } },
  });
  expect(JSON.stringify(await listAuditEntries(owner))).not.toContain(await requireEmailToken(email, "invitation"));
});

test("ADM-2: a person invited without a name is shown by email address until they enter a name", async () => {
  const owner = await newSuperUser();
  const email = newEmail();
  const invited = await inviteAdministrator(owner, { email, role: "observer", scope: "all" });
  expect(invited).toMatchObject({ name: email, firstName: "", lastName: "" });
  expect(await latestAuditEntry(owner)).toMatchObject({ message: `Invited administrator ${email}` });
});

test("ADM-3: the validity in hours can be chosen", async () => {
  const owner = await newSuperUser();
  const { expiresAt } = await inviteAdministrator(owner, { ...invite(), hours: 1 });
  expect((Number(expiresAt) - Date.now()) / 60_000).toBeLessThan(61);
});

test("ACC-12: the invitation page names the organization, and viewing it does not consume the link", async () => {
  const owner = await newSuperUser();
  const { email } = await inviteAdministrator(owner, invite());
  const token = await requireEmailToken(email, "invitation");
  for (let time = 0; time < 3; time += 1) {
    expect(await getInvitation(token)).toMatchObject({
      open: true, invitation: { organization: owner.org.name, inviter: owner.name, email, firstName: "Nora", accountId: null },
    });
  }
});

test("LNK-1: a link works for its own purpose only, and an invalid token for none", async () => {
  const owner = await newSuperUser();
  const { email } = await inviteAdministrator(owner, invite());
  const token = await requireEmailToken(email, "invitation");
  expect(await getInvitation(token)).toMatchObject({ open: true, invitation: { purpose: "invite" } });
  for (const wrong of ["", "x", `${token.slice(0, -1)}!`, token.slice(1), "a".repeat(43)]) {
    expect(await getInvitation(wrong)).toEqual({ open: false, problem: "unknown" });
  }
});

test("ADM-2: an email can be invited once; of 10 concurrent invitations one succeeds", async () => {
  const owner = await newSuperUser();
  const input = invite();
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => inviteAdministrator(owner, input)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await queuedEmailsTo(input.email)).toHaveLength(1);
  await expect(inviteAdministrator(owner, input)).rejects.toMatchObject({ code: "conflict", fields: { email: expect.anything() } });
});

test("ADM-6: only Super Users can invite, resend and cancel", async () => {
  const owner = await newSuperUser();
  const pending = await inviteAdministrator(owner, invite());
  for (const role of roleNames.filter((one) => one !== "super_user")) {
    const actor = await newMember(owner.org, role);
    const email = newEmail();
    await expect(inviteAdministrator(actor, invite(email))).rejects.toMatchObject(withCode("forbidden"));
    await expect(resendInvitation(actor, { administratorId: pending.id })).rejects.toMatchObject(withCode("forbidden"));
    await expect(cancelInvitation(actor, { administratorId: pending.id })).rejects.toMatchObject(withCode("forbidden"));
    expect(await queuedEmailsTo(email)).toEqual([]);
  }
  expect(await queuedEmailsTo(pending.email)).toHaveLength(1);
});

test("TEN-7: a Super User limited to some sites cannot invite with more access", async () => {
  const owner = await newSuperUser();
  const [own, hidden] = [await newSite(owner.org), await newSite(owner.org)];
  const limited = await newMember(owner.org, "super_user", [own.id]);
  await expect(inviteAdministrator(limited, invite())).rejects.toMatchObject(withCode("forbidden"));
  const wider = { ...invite(), scope: "sites" as const, sites: [own.id, hidden.id] };
  await expect(inviteAdministrator(limited, wider)).rejects.toMatchObject(withCode("invalid"));
});

test("TEN-8: unknown fields are rejected before anything is written", async () => {
  const owner = await newSuperUser();
  for (const field of ["id", "orgId", "organizationId", "accountId", "acceptedAt", "invitedBy", "expiresAt", "version"]) {
    await expect(inviteAdministrator.fromRaw(owner, { ...invite(), [field]: owner.id })).rejects.toMatchObject(withCode("invalid"));
  }
  expect((await listAdministrators(owner, {})).total).toBe(1);
});

test("LNK-2: resending voids the older link and renews the validity", async () => {
  const owner = await newSuperUser();
  const invited = await inviteAdministrator(owner, { ...invite(), hours: 1 });
  const older = await requireEmailToken(invited.email, "invitation");
  const again = await resendInvitation(owner, { administratorId: invited.id });
  expect(Number(again.expiresAt)).toBeGreaterThan(Number(invited.expiresAt));
  expect(await getInvitation(older)).toEqual({ open: false, problem: "replaced" });
  expect(await linkState(invited.email)).toBe("open");
  expect(await latestAuditEntry(owner)).toMatchObject({ name: "administrator.reinvited" });
});

test("LNK-10: an email gets 5 mails per hour, however often the invitation is resent", async () => {
  const owner = await newSuperUser();
  const { id, email } = await inviteAdministrator(owner, invite());
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => resendInvitation(owner, { administratorId: id })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(refusals.every(({ code, retryAfterSeconds }) => code === "busy" && retryAfterSeconds > 0)).toBe(true);
  expect(await queuedEmailsTo(email)).toHaveLength(5);
  expect(await linkState(email)).toBe("open");
});

test("LNK-10: limits per organization are independent, up to 20 mails per hour to one email", async () => {
  const email = newEmail();
  const exhaustOrgLimit = async () => {
    const owner = await newSuperUser();
    const { id } = await inviteAdministrator(owner, invite(email));
    for (let again = 1; again < 5; again += 1) await resendInvitation(owner, { administratorId: id });
    await expect(resendInvitation(owner, { administratorId: id })).rejects.toMatchObject(withCode("busy"));
  };
  for (let orgs = 0; orgs < 4; orgs += 1) await exhaustOrgLimit();
  await expect(inviteAdministrator(await newSuperUser(), invite(email))).rejects.toMatchObject(withCode("busy"));
});

test("LNK-10: one account can send 100 invitations per hour over all organizations", async () => {
  const [person, orgs] = [await newAccount(), await Promise.all([newOrg(), newOrg()])];
  const [one, other] = await Promise.all(orgs.map((org) => newMember(org, "super_user", "all", person)));
  if (!one || !other) throw new Error("no members");
  const outcomes = [];
  for (let round = 0; round < 52; round += 1) {
    outcomes.push(...(await Promise.allSettled([inviteAdministrator(one, invite()), inviteAdministrator(other, invite())])));
  }
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(100);
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(["busy", "busy", "busy", "busy"]);
});

test("ADM-3: cancelling deletes the invitation and voids its link, and the email can be invited again", async () => {
  const owner = await newSuperUser();
  const { id, email } = await inviteAdministrator(owner, invite());
  await cancelInvitation(owner, { administratorId: id });
  expect(await latestAuditEntry(owner)).toMatchObject({ name: "invitation.cancelled" });
  expect(await linkState(email)).toBe("replaced");
  await expect(getAdministrator(owner, { administratorId: id })).rejects.toMatchObject(withCode("not_found"));
  await inviteAdministrator(owner, invite(email));
  expect(await linkState(email)).toBe("open");
});

test("ADM-3: an active administrator cannot be resent or cancelled, and an invitation cannot be revoked", async () => {
  const owner = await newSuperUser();
  const member = String((await newMember(owner.org, "observer")).membershipId);
  await expect(cancelInvitation(owner, { administratorId: member })).rejects.toMatchObject(withCode("conflict"));
  await expect(resendInvitation(owner, { administratorId: member })).rejects.toMatchObject(withCode("conflict"));
  const { id } = await inviteAdministrator(owner, invite());
  await expect(revokeAccess(owner, { administratorId: id })).rejects.toMatchObject(withCode("conflict"));
});

test("LNK-6: demoting or revoking the inviter voids their invitations; resending by another Super User makes them valid again", async () => {
  const owner = await newSuperUser();
  const [demoted, revoked] = [await newMember(owner.org, "super_user"), await newMember(owner.org, "super_user")];
  const [first, second] = [await inviteAdministrator(demoted, invite()), await inviteAdministrator(revoked, invite())];
  await updateAdministrator(owner, { administratorId: String(demoted.membershipId), version: 1, role: "network_admin", scope: "all" });
  await revokeAccess(owner, { administratorId: String(revoked.membershipId) });
  expect([await linkState(first.email), await linkState(second.email)]).toEqual(["replaced", "replaced"]);
  await resendInvitation(owner, { administratorId: second.id });
  expect(await linkState(second.email)).toBe("open");
});

test("LNK-6: the inviter's role is checked again when the link is followed", async () => {
  const owner = await newSuperUser();
  const inviter = await newMember(owner.org, "super_user");
  const { email } = await inviteAdministrator(inviter, invite());
  const scope = { orgId: owner.orgId, sites: "all" as const };
  await withTenant(scope, (tx) => tx.update(memberships).set({ role: "observer" }).where(eq(memberships.accountId, inviter.id)));
  expect(await linkState(email)).toBe("not_permitted");
});

test("LNK-6: deleted sites are not offered; an invitation without remaining sites cannot be used", async () => {
  const owner = await newSuperUser();
  const [kiel, hamburg] = [await newSite(owner.org, "Kiel"), await newSite(owner.org, "Hamburg")];
  const { email, id } = await inviteAdministrator(owner, { ...invite(), scope: "sites", sites: [kiel.id, hamburg.id] });
  const remove = (siteId: string) =>
    withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.execute(sql`delete from sites where id = ${siteId}`));
  await remove(kiel.id);
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ names: ["Hamburg"] });
  expect(await linkState(email)).toBe("open");
  await remove(hamburg.id);
  expect(await linkState(email)).toBe("no_sites");
});

test("LNK-2: an expired invitation is shown as expired in the list and by its link", async () => {
  const owner = await newSuperUser();
  const { email, id } = await inviteAdministrator(owner, invite());
  await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) =>
    tx.update(memberships).set({ expiresAt: sql`now() - interval '1 minute'` }).where(eq(memberships.id, id)),
  );
  expect((await listAdministrators(owner, { search: email })).rows).toMatchObject([{ status: "expired" }]);
  expect(await linkState(email)).toBe("expired");
  await resendInvitation(owner, { administratorId: id });
  expect((await listAdministrators(owner, { search: email })).rows).toMatchObject([{ status: "invited" }]);
});

test("REL-3: a lost database connection is reported as an error, not as an invalid invitation", async () => {
  const owner = await newSuperUser();
  const { email } = await inviteAdministrator(owner, invite());
  const token = await requireEmailToken(email, "invitation");
  await connectionPool("app").end();
  await expect(getInvitation(token)).rejects.toMatchObject({ code: "CONNECTION_ENDED" });
  await closePools();
  expect(await getInvitation(token)).toMatchObject({ open: true });
});

test("ADM-5: revoking a member's access says how many pending invitations end with it", async () => {
  const owner = await newSuperUser();
  const member = await newMember(owner.org, "super_user");
  const administratorId = String(member.membershipId);
  expect(await getRevocationImpact(owner, { administratorId })).toEqual({ invitations: 0 });
  for (const email of ["one", "two"]) {
    await inviteAdministrator(member, { email: `${email}-${owner.orgId}@example.test`, firstName: "Ida", lastName: "Holm", role: "observer", scope: "all" });
  }
  expect(await getRevocationImpact(owner, { administratorId })).toEqual({ invitations: 2 });
});

/** Claims the mail to an address; the function returned ends its delivery as its mail server refusing it. */
async function claimEmailTo(recipient: string) {
  await withWorkerScope((tx) => tx.update(emailOutbox).set({ nextAttemptAt: sql`now()` }).where(eq(emailOutbox.recipient, recipient)));
  const mail = (await claimEmails(1_000)).find((one) => one.recipient === recipient);
  if (!mail) throw new Error("no mail is due");
  return () => storeResult(mail, { status: "failed", reason: "SMTP EENVELOPE RCPT TO 550 no such mailbox" });
}

test("X-3: an invitation whose email was refused is marked in the list and the audit log until it is sent again", async () => {
  const owner = await newSuperUser();
  const { id, email } = await inviteAdministrator(owner, invite());
  const other = await inviteAdministrator(owner, invite());
  await (await claimEmailTo(email))();
  const statuses = async () => (await listAdministrators(owner, { status: "undeliverable" })).rows.map((row) => row.id);
  expect(await statuses()).toEqual([id]);
  expect((await getAdministrator(owner, { administratorId: id })).emailFailedAt).toBeInstanceOf(Date);
  expect(await latestAuditEntry(owner)).toMatchObject({
    name: "invitation.undeliverable", actorKind: "system", message: `Invitation email to Nora Falk (${email}) was refused`, ipAddress: null,
  });
  await resendInvitation(owner, { administratorId: id });
  expect(await statuses()).toEqual([]);
  expect((await getAdministrator(owner, { administratorId: other.id })).status).toBe("invited");
});

test("X-3: an email refused after the invitation was sent again or cancelled changes nothing", async () => {
  const owner = await newSuperUser();
  const [resent, withdrawn] = [await inviteAdministrator(owner, invite()), await inviteAdministrator(owner, invite())];
  const [refuseResent, refuseWithdrawn] = [await claimEmailTo(resent.email), await claimEmailTo(withdrawn.email)];
  await resendInvitation(owner, { administratorId: resent.id });
  await cancelInvitation(owner, { administratorId: withdrawn.id });
  await Promise.all([refuseResent(), refuseWithdrawn()]);
  expect((await getAdministrator(owner, { administratorId: resent.id })).status).toBe("invited");
  expect((await listAuditEntries(owner)).map(({ name }) => name)).not.toContain("invitation.undeliverable");
});
