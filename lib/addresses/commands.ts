import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts, links, memberships } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { closeRequests, consume } from "@/lib/accounts/commands";
import { linkOf, personByEmail } from "@/lib/accounts/queries";
import { linkWords, stateOf } from "@/lib/accounts/rules";
import { openChange, pendingIn } from "@/lib/addresses/queries";
import { ConfirmAddress, NoInput, RequestAddress, WantedAddress } from "@/lib/addresses/schema";
import { brand } from "@/lib/brand";
import { requirePassword } from "@/lib/confirmations/commands";
import { env } from "@/lib/env";
import { explainConflict } from "@/lib/kernel/conflict";
import { type Person, recordEverywhere } from "@/lib/kernel/history";
import { holdAccount } from "@/lib/kernel/hold";
import { post } from "@/lib/kernel/outbox";
import { parse } from "@/lib/kernel/parse";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { only } from "@/lib/kernel/rows";
import { hashSecret, newSecret } from "@/lib/kernel/secret";
import { endOthers, endSessions, personColumns, type SessionToken, suspended } from "@/lib/sessions/commands";
import { forgive, reserve } from "@/lib/throttles/commands";
import { networkOf } from "@/lib/throttles/rules";
import { Fault } from "@/lib/vocabulary/fault";

const mostHours = 24;
const own = "This is your address already. Enter another one";

/**
 * Emails a confirmation link to a new address; the response is the same when the address is taken.
 * The unconfirmed address may belong to somebody else, so it is not written to the logs.
 */
export const requestAddress = ownCommand({
  input: RequestAddress,
  async run({ tx, self, record }, { email }) {
    const { email: current } = await presentOf(tx, self);
    if (email === current) throw new Fault("invalid", own, { email: [own] });
    await offer(tx, self, { present: current, wanted: email });
    await record("email.change_requested");
  },
});

/** Emails a new link for the pending change and voids the older one. */
export const requestAddressAgain = ownCommand({
  input: NoInput,
  async run({ tx, self, record }) {
    await offer(tx, self, await waitingFor(tx, self));
    await record("email.change_requested");
  },
});

/** Cancels the pending change and voids its link. */
export const cancelAddress = ownCommand({
  input: NoInput,
  async run({ tx, self, record }) {
    const change = await waitingFor(tx, self);
    await closeRequests(tx, ["change_email"], change.present);
    await record("email.change_cancelled");
  },
});

/** The current email; scopes the transaction to it. */
async function presentOf(tx: Tx, { account }: Self) {
  const person = await only(tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, account.id)));
  await narrow(tx, { accountId: account.id, email: person.email });
  return person;
}

async function waitingFor(tx: Tx, self: Self): Promise<Wish> {
  const { email: current } = await presentOf(tx, self);
  const pending = await pendingIn(tx, current);
  if (!pending) throw new Fault("conflict", "No change of your address waits any more. Open My Account again");
  return { present: current, wanted: pending.email };
}

type Wish = { present: string; wanted: string };

// Writes the same rows whether or not the address is taken, so that response and timing reveal nothing.
async function offer(tx: Tx, { account, origin }: Self, { present, wanted }: Wish) {
  await reserve(tx, "email_change_mail", account.id);
  await reserve(tx, "email_change_mail_recipient", wanted);
  await reserve(tx, "mail_network", networkOf(origin.address));
  const token = newSecret();
  const expiresAt = sql`now() + make_interval(hours => ${Math.min(env().LINK_HOURS, mostHours)})`;
  const values = { purpose: "change_email" as const, email: present, accountId: account.id, payload: { email: wanted } };
  await tx.update(links).set({ voidedAt: sql`now()`, payload: null }).where(openChange(present));
  const { validUntil } = await only(
    tx.insert(links).values({ ...values, secretHash: hashSecret(token), expiresAt }).returning({ validUntil: links.expiresAt }),
  );
  await narrow(tx, { accountId: account.id, email: wanted });
  const taken = await personByEmail(tx, wanted);
  await narrow(tx, { accountId: account.id, email: present });
  const { url } = brand();
  if (taken) await post(tx, { template: "address-in-use", to: wanted, props: { signInLink: `${url}/sign-in` } });
  else await post(tx, { template: "confirm-email", to: wanted, props: { link: `${url}/verify/email/${token}`, validUntil } });
}

type Browser = { sessionId: string; account: { id: string } } | null;

/**
 * Applies an email change, once; requires the owner's session or password, since somebody else may read the mailbox.
 * Ends the other sessions, notifies the old address and updates the memberships.
 */
export async function confirmAddress(raw: unknown, origin: Origin, session: Browser): Promise<{ email: string; token: SessionToken | null }> {
  const { token, password } = parse(ConfirmAddress, raw);
  const linkHash = hashSecret(token);
  const person = await ownerOf(linkHash);
  const keptSessionId = session?.account.id === person.id ? session.sessionId : undefined;
  // Counted per link: a stranger who received the link must not exhaust the owner's attempts.
  const options = { limit: "email_change_confirmation" as const, who: linkHash.toString("hex"), note: "wrong password at the link to a new address" };
  if (!keptSessionId) await requirePassword({ account: person, origin }, password, options);
  return asVisitor({ accountId: person.id, linkHash }, async (tx) => {
    await holdAccount(tx, person.id, "no key update");
    const { email: oldEmail, payload } = await consume(tx, "change_email", linkHash);
    const { email } = WantedAddress.parse(payload);
    await narrow(tx, { accountId: person.id, email: oldEmail, linkHash });
    const change = { email, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` };
    const updated = await only(tx.update(accounts).set(change).where(eq(accounts.id, person.id)).returning(personColumns));
    await readdress(tx, email);
    await closeRequests(tx, ["recover", "reset", "change_email"], oldEmail);
    await narrow(tx, { accountId: person.id, email });
    await closeRequests(tx, ["sign_up", "validate"], email);
    const token = await signOut(tx, person.id, keptSessionId);
    await forgive(tx, "sign_in", email);
    await recordEverywhere(tx, updated, origin, "email.changed", { before: { email: oldEmail }, after: { email } });
    await post(tx, { template: "email-changed", to: oldEmail, props: { newAddress: email, at: new Date().toISOString() } });
    return { email, token };
  }).catch(explainConflict);
}

async function signOut(tx: Tx, id: string, keptSessionId?: string): Promise<SessionToken | null> {
  const reason = "email changed";
  if (keptSessionId) return endOthers(tx, { account: { id }, sessionId: keptSessionId }, reason);
  await endSessions(tx, id, reason);
  return null;
}

/** The account behind a usable link. */
async function ownerOf(linkHash: Buffer): Promise<Person> {
  return asVisitor({ linkHash }, async (tx) => {
    const link = await linkOf(tx, "change_email", linkHash);
    const state = stateOf(link);
    if (state !== "fresh" || !link?.accountId) throw new Fault("conflict", linkWords[state === "fresh" ? "unknown" : state].text);
    await narrow(tx, { accountId: link.accountId });
    const columns = { ...personColumns, suspendedAt: accounts.suspendedAt };
    const [found] = await tx.select(columns).from(accounts).where(eq(accounts.id, link.accountId));
    // The account may have been deleted between the two queries.
    if (!found) throw new Fault("conflict", linkWords.unknown.text);
    const { suspendedAt, ...person } = found;
    if (suspendedAt) throw suspended();
    return person;
  });
}

/** Updates the email of the memberships; a membership keeps the old one where the new email is already invited. */
async function readdress(tx: Tx, email: string) {
  const rows = await tx.select({ id: memberships.id }).from(memberships);
  for (const { id } of rows) {
    await tx
      .transaction((savepoint) => savepoint.update(memberships).set({ email }).where(eq(memberships.id, id)))
      .catch((error: unknown) => {
        if (!isTaken(error)) throw error;
      });
  }
}

const isTaken = (error: unknown) =>
  (error as { cause?: { constraint_name?: string } }).cause?.constraint_name === "memberships_email_key";
