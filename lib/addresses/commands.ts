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
 * Has a link mailed to a new address; until it is followed nothing changes, and the answer never tells whether it is
 * taken (LNK-7, ACC-3). What nobody confirmed may be a stranger's address: logs and history learn it once it counts.
 */
export const requestAddress = ownCommand({
  input: RequestAddress,
  async run({ tx, self, record }, { email }) {
    const { email: present } = await presentOf(tx, self);
    if (email === present) throw new Fault("invalid", own, { email: [own] });
    await offer(tx, self, { present, wanted: email });
    await record("email.change_requested");
  },
});

/** Has a new link mailed to the address that waits; the older one leads nowhere from then on (LNK-10). */
export const requestAddressAgain = ownCommand({
  input: NoInput,
  async run({ tx, self, record }) {
    const { present, wanted } = await waitingFor(tx, self);
    await offer(tx, self, { present, wanted });
    await record("email.change_requested");
  },
});

/** Takes a wish for a new address back: its link leads nowhere. */
export const cancelAddress = ownCommand({
  input: NoInput,
  async run({ tx, self, record }) {
    const { present } = await waitingFor(tx, self);
    await closeRequests(tx, ["change_email"], present);
    await record("email.change_cancelled");
  },
});

/** The address as it is now; the account is held, so that each wish finds the link of the one before. */
async function presentOf(tx: Tx, { account }: Self) {
  const person = await only(tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, account.id)));
  await narrow(tx, { accountId: account.id, email: person.email });
  return person;
}

async function waitingFor(tx: Tx, self: Self) {
  const { email: present } = await presentOf(tx, self);
  const pending = await pendingIn(tx, present);
  if (!pending) throw new Fault("conflict", "No change of your address waits any more. Open My Account again");
  return { present, wanted: pending.email };
}

type Wish = { present: string; wanted: string };

// The same rows are written whether or not the address is taken, so that neither the answer nor its time tells.
async function offer(tx: Tx, { account, origin }: Self, { present, wanted }: Wish) {
  await reserve(tx, "email_change_mail", account.id);
  await reserve(tx, "email_change_mail_address", wanted);
  await reserve(tx, "mail_address", networkOf(origin.address));
  const token = newSecret();
  const expiresAt = sql`now() + make_interval(hours => ${Math.min(env().LINK_HOURS, mostHours)})`;
  const facts = { purpose: "change_email" as const, email: present, accountId: account.id, payload: { email: wanted } };
  await tx.update(links).set({ voidedAt: sql`now()`, payload: null }).where(openChange(present));
  const { validUntil } = await only(
    tx.insert(links).values({ ...facts, secretHash: hashSecret(token), expiresAt }).returning({ validUntil: links.expiresAt }),
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
 * Gives an account its new address, once, for its owner: signed in there, or by the password, since whoever reads the
 * mail may be somebody else. Others are signed out, the old address is told, memberships follow (LNK-7, AUT-9).
 */
export async function confirmAddress(raw: unknown, origin: Origin, browser: Browser): Promise<{ email: string; token: SessionToken | null }> {
  const { token, password } = parse(ConfirmAddress, raw);
  const linkHash = hashSecret(token);
  const person = await ownerOf(linkHash);
  const kept = browser?.account.id === person.id ? browser.sessionId : undefined;
  // A stranger to whom a mistyped address led the link uses up its tries, and none of the owner's (AUT-6).
  const by = { limit: "confirm_by_link" as const, who: linkHash.toString("hex"), note: "wrong password at the link to a new address" };
  if (!kept) await requirePassword({ account: person, origin }, password, by);
  return asVisitor({ accountId: person.id, linkHash }, async (tx) => {
    await holdAccount(tx, person.id, "no key update");
    const { email: old, payload } = await consume(tx, "change_email", linkHash);
    const { email } = WantedAddress.parse(payload);
    await narrow(tx, { accountId: person.id, email: old, linkHash });
    const change = { email, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` };
    const renamed = await only(tx.update(accounts).set(change).where(eq(accounts.id, person.id)).returning(personColumns));
    await readdress(tx, email);
    await closeRequests(tx, ["recover", "reset", "change_email"], old);
    await narrow(tx, { accountId: person.id, email });
    await closeRequests(tx, ["sign_up", "validate"], email);
    const token = await signOut(tx, person.id, kept);
    await forgive(tx, "sign_in", email);
    await recordEverywhere(tx, renamed, origin, "email.changed", { before: { email: old }, after: { email } });
    await post(tx, { template: "email-changed", to: old, props: { newAddress: email, at: new Date().toISOString() } });
    return { email, token };
  }).catch(explainConflict);
}

async function signOut(tx: Tx, id: string, kept?: string): Promise<SessionToken | null> {
  const reason = "email changed";
  if (kept) return endOthers(tx, { account: { id }, sessionId: kept }, reason);
  await endSessions(tx, id, reason);
  return null;
}

/** Whose address the link would change, if it still may. */
async function ownerOf(linkHash: Buffer): Promise<Person> {
  return asVisitor({ linkHash }, async (tx) => {
    const link = await linkOf(tx, "change_email", linkHash);
    const state = stateOf(link);
    if (state !== "fresh" || !link?.accountId) throw new Fault("conflict", linkWords[state === "fresh" ? "unknown" : state].text);
    await narrow(tx, { accountId: link.accountId });
    const facts = { ...personColumns, suspendedAt: accounts.suspendedAt };
    const [found] = await tx.select(facts).from(accounts).where(eq(accounts.id, link.accountId));
    // An account that goes takes its links along, also between these two looks.
    if (!found) throw new Fault("conflict", linkWords.unknown.text);
    const { suspendedAt, ...person } = found;
    if (suspendedAt) throw suspended();
    return person;
  });
}

/** The memberships follow; where the organization has invited the new address already, that one keeps its old copy. */
async function readdress(tx: Tx, email: string) {
  const rows = await tx.select({ id: memberships.id }).from(memberships);
  for (const { id } of rows) {
    await tx
      .transaction((attempt) => attempt.update(memberships).set({ email }).where(eq(memberships.id, id)))
      .catch((refusal: unknown) => {
        if (!isTaken(refusal)) throw refusal;
      });
  }
}

const isTaken = (error: unknown) =>
  (error as { cause?: { constraint_name?: string } }).cause?.constraint_name === "memberships_email_key";
