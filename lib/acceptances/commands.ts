import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { accounts, links, memberships } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { passwordRules } from "@/lib/accounts/rules";
import { accessWords } from "@/lib/administrators/rules";
import { AcceptInvitation, CreateLogin } from "@/lib/acceptances/schema";
import { brand } from "@/lib/brand";
import { sendCreateLogin } from "@/lib/invitations/commands";
import { type Invitation, type InvitationLink, showInvitation } from "@/lib/invitations/queries";
import { acceptedBy, refusalFor } from "@/lib/invitations/rules";
import { writeEntry } from "@/lib/kernel/audit";
import { actorFor } from "@/lib/kernel/history";
import { holdAccount } from "@/lib/kernel/hold";
import { explainConflict } from "@/lib/kernel/conflict";
import { consumeLink } from "@/lib/kernel/links";
import { post } from "@/lib/kernel/outbox";
import { parse } from "@/lib/kernel/parse";
import { hashPassword } from "@/lib/passwords/hash";
import { passwordProblems } from "@/lib/passwords/rules";
import { type Entrance, finishLogin } from "@/lib/sessions/commands";
import { partiesAt } from "@/lib/throttles/rules";
import { type Role, roleFacts } from "@/lib/vocabulary/access";
import { Fault } from "@/lib/vocabulary/fault";

type Person = { id: string; email: string; firstName: string; lastName: string };

export type Accepted = { outcome: "joined" | "create_login" | "sign_in"; orgId: string; email: string; role: Role };

/**
 * Accepts an invitation, once: the owner of the address joins at once, a newcomer is mailed the way to a login, and
 * whoever is signed out must sign in first where the address has an account (ADM-3, LNK-5, LNK-6).
 */
export async function acceptInvitation(raw: unknown, signed: Person | null, origin: Origin): Promise<Accepted> {
  const { purpose, token } = parse(AcceptInvitation, raw);
  const shown = await showInvitation(purpose, token);
  if (!shown.open) throw refusalFor(shown.obstacle);
  const { invitation } = shown;
  const { orgId, email, role } = invitation;
  const who = await acceptor(invitation, signed, origin);
  if (who === "sign_in") return { outcome: "sign_in", orgId, email, role };
  if (who === "owner" && signed) {
    await asInvited(invitation, purpose, signed.id, (tx) => join(tx, invitation, signed, origin));
    return { outcome: "joined", orgId, email, role };
  }
  if (purpose !== "invite") throw refusalFor("used");
  await asInvited(invitation, purpose, invitation.membershipId, (tx) => confirm(tx, invitation, origin));
  return { outcome: "create_login", orgId, email, role };
}

/** Somebody else's try is on the organization's record, though nothing comes of it (AUD-1). */
async function acceptor(invitation: Invitation, signed: Person | null, origin: Origin) {
  try {
    return acceptedBy(invitation, signed);
  } catch (refusal) {
    const { linkHash, email, orgId, membershipId: invitationId } = invitation;
    if (signed) {
      await asVisitor({ accountId: signed.id, email, linkHash, invitationId }, (tx) =>
        writeEntry(tx, { ...actorFor(signed), orgId, origin }, "access.denied", { subject: { id: invitationId, label: `invitation of ${email}` } }),
      );
    }
    throw refusal;
  }
}

/** Makes the login of somebody who accepted without having one, and lets them in. */
export async function createLogin(raw: unknown, origin: Origin): Promise<{ entrance: Entrance; orgId: string; role: Role }> {
  const { token, password, analytics, terms: _, username: __, ...names } = parse(CreateLogin, raw);
  const shown = await showInvitation("create_login", token);
  if (!shown.open) throw refusalFor(shown.obstacle);
  const { invitation } = shown;
  if (invitation.accountId) throw accountExists();
  const person = { id: invitation.membershipId, email: invitation.email, ...names, phone: names.phone || null };
  const problems = passwordProblems(password, rulesOf(invitation, person));
  if (problems.length > 0) throw new Fault("invalid", "Choose another password", { password: [problems.join(". ")] });
  const facts = { region: brand().region, analyticsAllowed: analytics ? ("yes" as const) : ("no" as const), lastOrganizationId: invitation.orgId };
  const passwordHash = await hashPassword(password, partiesAt(origin.address));
  const entrance = await asInvited(invitation, "create_login", person.id, async (tx) => {
    const made = await tx
      .insert(accounts)
      .values({ ...person, ...facts, passwordHash, passwordChangedAt: sql`now()`, termsAcceptedAt: sql`now()` })
      .onConflictDoNothing()
      .returning({ id: accounts.id });
    if (made.length === 0) throw accountExists();
    await takeUp(tx, invitation, { accountId: person.id });
    await enter(tx, invitation, person, origin, "administrator.joined");
    return finishLogin(tx, person.id, ["password"]);
  });
  return { entrance, orgId: invitation.orgId, role: invitation.role };
}

/** What a password for the new login must be like, so that the page can say it beforehand. */
export const rulesOf = ({ organization, passwordAsk }: Invitation, person: Omit<Person, "id">) =>
  passwordRules(person, brand().name, [{ name: organization, ...passwordAsk }]);

const accountExists = () =>
  new Fault("conflict", "There is an account with this address already. Sign in with it, then open this link again");

/** Uses the link up in one conditional statement and does the rest in the same transaction, which sees this one invitation. */
function asInvited<T>(invitation: Invitation, purpose: InvitationLink, accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { linkHash, email, membershipId: invitationId } = invitation;
  return asVisitor({ accountId, email, linkHash, invitationId }, async (tx) => {
    const isThere = await holdAccount(tx, accountId, "key share");
    if (!isThere && accountId !== invitationId) throw new Fault("unauthenticated", "There is no such account any more");
    if (!(await consumeLink(tx, purpose, linkHash))) throw refusalFor("used");
    return work(tx);
  }).catch(explainConflict);
}

async function join(tx: Tx, invitation: Invitation, person: Person, origin: Origin) {
  await takeUp(tx, invitation, { accountId: person.id });
  await enter(tx, invitation, person, origin, "administrator.accepted");
  const { organization, role, orgId, email } = invitation;
  const props = { organization, role: roleFacts[role].label, access: accessWords(invitation), link: `${brand().url}/orgs/${orgId}` };
  await post(tx, { template: "membership-added", to: email, props });
}

async function confirm(tx: Tx, invitation: Invitation, origin: Origin) {
  const { membershipId: id, email, firstName, lastName, orgId, organization } = invitation;
  await takeUp(tx, invitation, {});
  // The account will have the invitation's id, so that one person acts under one name in the audit log from here on.
  await enter(tx, invitation, { id, email, firstName, lastName }, origin, "administrator.accepted");
  await sendCreateLogin(tx, orgId, organization, { id, email });
}

async function takeUp(tx: Tx, { membershipId, linkHash }: Invitation, owner: { accountId?: string }) {
  const taken = await tx
    .update(memberships)
    .set({ ...owner, acceptedAt: sql`coalesce(${memberships.acceptedAt}, now())`, version: sql`${memberships.version} + 1` })
    .where(and(eq(memberships.id, membershipId), isNull(memberships.accountId)))
    .returning({ id: memberships.id });
  if (taken.length === 0) throw refusalFor("withdrawn");
  const others = and(eq(links.membershipId, membershipId), ne(links.secretHash, linkHash));
  await tx.update(links).set({ voidedAt: sql`now()` }).where(and(others, isNull(links.consumedAt), isNull(links.voidedAt)));
}

type EventOfInvited = "administrator.accepted" | "administrator.joined";

function enter(tx: Tx, { orgId, membershipId, role }: Invitation, person: Person, origin: Origin, name: EventOfInvited) {
  const { id, email, firstName, lastName } = person;
  const actor = { kind: "account" as const, id, name: `${firstName} ${lastName}`, email, orgId, membershipId, grants: [], origin };
  return writeEntry(tx, actor, name, { subject: { id: membershipId, label: roleFacts[role].label } });
}
