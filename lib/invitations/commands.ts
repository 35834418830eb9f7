import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { links, memberships } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { lockAdministrators, putInScope, voidLinks } from "@/lib/administrators/commands";
import { type Administrator, administratorById, everyPlace } from "@/lib/administrators/queries";
import { accessWords, labelOf, mayGrant, shown, widerThanOwn } from "@/lib/administrators/rules";
import { CancelInvitation, InviteAdministrator, ResendInvitation } from "@/lib/administrators/schema";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import type { InvitationLink } from "@/lib/invitations/queries";
import { refusalFor } from "@/lib/invitations/rules";
import { command } from "@/lib/kernel/command";
import { post } from "@/lib/kernel/outbox";
import { only } from "@/lib/kernel/rows";
import { hashSecret, newSecret } from "@/lib/kernel/secret";
import { reserve } from "@/lib/throttles/commands";
import { roleFacts } from "@/lib/vocabulary/access";
import { Fault } from "@/lib/vocabulary/fault";

const resentHours = 168;
const inHours = (hours: number) => sql`now() + make_interval(hours => ${hours})`;

/** Creates an invitation and emails its link. */
export const inviteAdministrator = command({
  permission: "administrator.invite",
  input: InviteAdministrator,
  async run({ tx, actor, record }, { hours, groups, sites, ...input }) {
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    if (!mayGrant(actor, "administrator.invite", input)) throw widerThanOwn();
    const { id } = await only(
      tx
        .insert(memberships)
        .values({ ...input, phone: input.phone || null, invitedBy: actor.id, invitedAt: sql`now()`, expiresAt: inHours(hours) })
        .returning({ id: memberships.id }),
    );
    await putInScope(tx, id, { ...input, groups, sites });
    const invited = await administratorById(tx, id);
    await sendInvitation(tx, actor, organization, invited);
    await record("administrator.invited", { subject: labelOf(invited), after: shown({ ...invited, ...(await everyPlace(tx, id)) }) });
    return invited;
  },
});

/** Renews an invitation and sends the email of its current step; the actor becomes the inviter. */
export const resendInvitation = command({
  permission: "administrator.invite",
  input: ResendInvitation,
  async run({ tx, actor, record }, { administratorId }) {
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    const before = await administratorById(tx, administratorId);
    if (!mayGrant(actor, "administrator.invite", before)) throw widerThanOwn();
    const changes = { invitedBy: actor.id, expiresAt: inHours(resentHours), version: sql`${memberships.version} + 1` };
    const updated = await tx.update(memberships).set(changes).where(pending(administratorId)).returning({ id: memberships.id });
    if (updated.length === 0) throw refusalFor("joined");
    const invited = await administratorById(tx, administratorId);
    if (invited.status === "accepted") await sendCreateLoginAgain(tx, actor, organization, invited);
    else await sendInvitation(tx, actor, organization, invited);
    await record("administrator.reinvited", { subject: labelOf(invited) });
    return invited;
  },
});

/** Deletes an invitation and voids its links. */
export const cancelInvitation = command({
  permission: "administrator.invite",
  input: CancelInvitation,
  async run({ tx, actor, record }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.invite");
    const before = await administratorById(tx, administratorId);
    const scopes = await everyPlace(tx, administratorId);
    await voidLinks(tx, eq(memberships.id, administratorId));
    const deleted = await tx.delete(memberships).where(pending(administratorId)).returning({ id: memberships.id });
    if (deleted.length === 0) throw new Fault("conflict", "This invitation has been taken up meanwhile. Revoke the access instead");
    await record("invitation.cancelled", { subject: labelOf(before), before: shown({ ...before, ...scopes }) });
    return before;
  },
});

const pending = (id: string) => and(eq(memberships.id, id), isNull(memberships.accountId));

/** Counts against the limits per recipient, sender and organization. */
async function reserveMail(tx: Tx, { id, orgId }: Actor, email: string) {
  await reserve(tx, "invite_mail", `${orgId} ${email}`);
  await reserve(tx, "invite_mail_recipient", email);
  await reserve(tx, "invite_mail_sender", id);
  await reserve(tx, "invite_mail_organization", orgId);
}

async function sendInvitation(tx: Tx, actor: Actor, organization: string, invited: Administrator) {
  const { id, email, role } = invited;
  await reserveMail(tx, actor, email);
  await voidLinks(tx, eq(memberships.id, id));
  const until = invited.expiresAt ?? inHours(resentHours);
  const { token, validUntil } = await newLink(tx, { purpose: "invite", orgId: actor.orgId, membershipId: id, email, until });
  const link = `${brand().url}/invite/${token}`;
  const props = { organization, inviter: actor.name, role: roleFacts[role].label, access: accessWords(invited), link, validUntil };
  await post(tx, { template: "invitation", to: email, props });
}

async function sendCreateLoginAgain(tx: Tx, actor: Actor, organization: string, invited: Administrator) {
  await reserveMail(tx, actor, invited.email);
  await voidLinks(tx, eq(memberships.id, invited.id));
  await sendCreateLogin(tx, actor.orgId, organization, invited);
}

/** Emails the link to create a login after an invitation was accepted. */
export async function sendCreateLogin(tx: Tx, orgId: string, organization: string, { id, email }: Pick<Administrator, "id" | "email">) {
  const until = inHours(env().LINK_HOURS);
  const { token, validUntil } = await newLink(tx, { purpose: "create_login", orgId, membershipId: id, email, until });
  const link = `${brand().url}/invite/login/${token}`;
  await post(tx, { template: "invitation-accepted", to: email, props: { organization, link, validUntil } });
}

type Link = { purpose: InvitationLink; orgId: string; membershipId: string; email: string; until: Date | SQL };

async function newLink(tx: Tx, { purpose, orgId, membershipId, email, until }: Link) {
  const token = newSecret();
  const { validUntil } = await only(
    tx
      .insert(links)
      .values({ purpose, email, membershipId, invitedOrgId: orgId, secretHash: hashSecret(token), expiresAt: until })
      .returning({ validUntil: links.expiresAt }),
  );
  return { token, validUntil };
}
