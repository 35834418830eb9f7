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

export const inviteAdministrator = command({
  permission: "administrator.invite",
  input: InviteAdministrator,
  async run({ tx, actor, record }, { hours, groups, sites, ...facts }) {
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    if (!mayGrant(actor, "administrator.invite", facts)) throw widerThanOwn();
    const { id } = await only(
      tx
        .insert(memberships)
        .values({ ...facts, phone: facts.phone || null, invitedBy: actor.id, invitedAt: sql`now()`, expiresAt: inHours(hours) })
        .returning({ id: memberships.id }),
    );
    await putInScope(tx, id, { ...facts, groups, sites });
    const invited = await administratorById(tx, id);
    await sendInvitation(tx, actor, organization, invited);
    await record("administrator.invited", { subject: labelOf(invited), after: shown({ ...invited, ...(await everyPlace(tx, id)) }) });
    return invited;
  },
});

/** Sends the mail that the invited person needs next, under the name of whoever sends it again. */
export const resendInvitation = command({
  permission: "administrator.invite",
  input: ResendInvitation,
  async run({ tx, actor, record }, { administratorId }) {
    const organization = await lockAdministrators(tx, actor, "administrator.invite");
    const before = await administratorById(tx, administratorId);
    if (!mayGrant(actor, "administrator.invite", before)) throw widerThanOwn();
    const renewed = { invitedBy: actor.id, expiresAt: inHours(resentHours), version: sql`${memberships.version} + 1` };
    const saved = await tx.update(memberships).set(renewed).where(pending(administratorId)).returning({ id: memberships.id });
    if (saved.length === 0) throw refusalFor("joined");
    const invited = await administratorById(tx, administratorId);
    if (invited.status === "accepted") await sendCreateLoginAgain(tx, actor, organization, invited);
    else await sendInvitation(tx, actor, organization, invited);
    await record("administrator.reinvited", { subject: labelOf(invited) });
    return invited;
  },
});

export const cancelInvitation = command({
  permission: "administrator.invite",
  input: CancelInvitation,
  async run({ tx, actor, record }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.invite");
    const before = await administratorById(tx, administratorId);
    const held = await everyPlace(tx, administratorId);
    await voidLinks(tx, eq(memberships.id, administratorId));
    const gone = await tx.delete(memberships).where(pending(administratorId)).returning({ id: memberships.id });
    if (gone.length === 0) throw new Fault("conflict", "This invitation has been taken up meanwhile. Revoke the access instead");
    await record("invitation.cancelled", { subject: labelOf(before), before: shown({ ...before, ...held }) });
    return before;
  },
});

const pending = (id: string) => and(eq(memberships.id, id), isNull(memberships.accountId));

/** Mails are counted by sender, by organization and by whom each writes to, before one more is written (LNK-10). */
async function reserveMail(tx: Tx, { id, orgId }: Actor, email: string) {
  await reserve(tx, "invite_mail", `${orgId} ${email}`);
  await reserve(tx, "invite_mail_address", email);
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
