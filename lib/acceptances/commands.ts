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
import { actorFor, type Person } from "@/lib/kernel/history";
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

export type Accepted = { outcome: "joined" | "create_login" | "sign_in"; orgId: string; email: string; role: Role };

/**
 * Accepts an invitation once: an existing account joins, a new user is emailed a link to create a login, and the
 * signed-out owner of an existing account is asked to sign in first.
 */
export async function acceptInvitation(raw: unknown, signedIn: Person | null, origin: Origin): Promise<Accepted> {
  const { purpose, token } = parse(AcceptInvitation, raw);
  const lookup = await showInvitation(purpose, token);
  if (!lookup.open) throw refusalFor(lookup.obstacle);
  const { invitation } = lookup;
  const { orgId, email, role } = invitation;
  const kind = await acceptor(invitation, signedIn, origin);
  if (kind === "sign_in") return { outcome: "sign_in", orgId, email, role };
  if (kind === "owner" && signedIn) {
    await asInvited(invitation, purpose, signedIn.id, (tx) => join(tx, invitation, signedIn, origin));
    return { outcome: "joined", orgId, email, role };
  }
  if (purpose !== "invite") throw refusalFor("used");
  await asInvited(invitation, purpose, invitation.membershipId, (tx) => confirm(tx, invitation, origin));
  return { outcome: "create_login", orgId, email, role };
}

/** Writes an `access.denied` entry when another account tries to accept. */
async function acceptor(invitation: Invitation, signedIn: Person | null, origin: Origin) {
  try {
    return acceptedBy(invitation, signedIn);
  } catch (error) {
    const { linkHash, email, orgId, membershipId: invitationId } = invitation;
    if (signedIn) {
      await asVisitor({ accountId: signedIn.id, email, linkHash, invitationId }, (tx) =>
        writeEntry(tx, { ...actorFor(signedIn), orgId, origin }, "access.denied", { subject: { id: invitationId, label: `invitation of ${email}` } }),
      );
    }
    throw error;
  }
}

type CreatedLogin = { loginResult: Entrance; orgId: string; role: Role };

/** Creates the account for an accepted invitation and completes the login. */
export async function createLogin(raw: unknown, origin: Origin): Promise<CreatedLogin> {
  const { token, password, analytics, terms: _, username: __, ...names } = parse(CreateLogin, raw);
  const lookup = await showInvitation("create_login", token);
  if (!lookup.open) throw refusalFor(lookup.obstacle);
  const { invitation } = lookup;
  if (invitation.accountId) throw accountExists();
  const person = { id: invitation.membershipId, email: invitation.email, ...names, phone: names.phone || null };
  const problems = passwordProblems(password, rulesOf(invitation, person));
  if (problems.length > 0) throw new Fault("invalid", "Choose another password", { password: [problems.join(". ")] });
  const defaults = { region: brand().region, analyticsAllowed: analytics ? ("yes" as const) : ("no" as const), lastOrganizationId: invitation.orgId };
  const passwordHash = await hashPassword(password, partiesAt(origin.address));
  const loginResult = await asInvited(invitation, "create_login", person.id, async (tx) => {
    const inserted = await tx
      .insert(accounts)
      .values({ ...person, ...defaults, passwordHash, passwordChangedAt: sql`now()`, termsAcceptedAt: sql`now()` })
      .onConflictDoNothing()
      .returning({ id: accounts.id });
    if (inserted.length === 0) throw accountExists();
    await takeUp(tx, invitation, { accountId: person.id });
    await enter(tx, invitation, person, origin, "administrator.joined");
    return finishLogin(tx, person.id, ["password"]);
  });
  return { loginResult, orgId: invitation.orgId, role: invitation.role };
}

/** The password policy for the new login. */
export const rulesOf = (invitation: Invitation, person: Omit<Person, "id">) =>
  passwordRules(person, brand().name, [invitation.passwordRules]);

const accountExists = () =>
  new Fault("conflict", "There is an account with this address already. Sign in with it, then open this link again");

/** Consumes the link atomically and runs `work` in the same transaction, scoped to this invitation. */
function asInvited<T>(invitation: Invitation, purpose: InvitationLink, accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { linkHash, email, membershipId: invitationId } = invitation;
  return asVisitor({ accountId, email, linkHash, invitationId }, async (tx) => {
    const exists = await holdAccount(tx, accountId, "key share");
    if (!exists && accountId !== invitationId) throw new Fault("unauthenticated", "There is no such account any more");
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
  // The account will reuse this id, so the audit log shows one actor before and after the login exists.
  await enter(tx, invitation, { id, email, firstName, lastName }, origin, "administrator.accepted");
  await sendCreateLogin(tx, orgId, organization, { id, email });
}

async function takeUp(tx: Tx, { membershipId, linkHash }: Invitation, owner: { accountId?: string }) {
  const updated = await tx
    .update(memberships)
    .set({ ...owner, acceptedAt: sql`coalesce(${memberships.acceptedAt}, now())`, version: sql`${memberships.version} + 1` })
    .where(and(eq(memberships.id, membershipId), isNull(memberships.accountId)))
    .returning({ id: memberships.id });
  if (updated.length === 0) throw refusalFor("withdrawn");
  const others = and(eq(links.membershipId, membershipId), ne(links.secretHash, linkHash));
  await tx.update(links).set({ voidedAt: sql`now()` }).where(and(others, isNull(links.consumedAt), isNull(links.voidedAt)));
}

type EventOfInvited = "administrator.accepted" | "administrator.joined";

function enter(tx: Tx, { orgId, membershipId, role }: Invitation, person: Person, origin: Origin, name: EventOfInvited) {
  const { id, email, firstName, lastName } = person;
  const actor = { kind: "account" as const, id, name: `${firstName} ${lastName}`, email, orgId, membershipId, grants: [], origin };
  return writeEntry(tx, actor, name, { subject: { id: membershipId, label: roleFacts[role].label } });
}
