import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { enqueue } from "@/db/queue";
import { accountEvents, accounts, type LinkPurpose, links } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { linkOf, otherWays, showReset } from "@/lib/accounts/queries";
import { accountOf, linkWords, passwordRules, placeOf, stateOf } from "@/lib/accounts/rules";
import { Applicant, CreateAccount, Recover, ResetPassword, SendAgain, ValidateAddress } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { recordEverywhere } from "@/lib/kernel/history";
import { holdAccount } from "@/lib/kernel/hold";
import { consumeLink } from "@/lib/kernel/links";
import { post } from "@/lib/kernel/outbox";
import { parse } from "@/lib/kernel/parse";
import { hashSecret, newSecret } from "@/lib/kernel/secret";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { type PasswordPolicy, passwordProblems } from "@/lib/passwords/rules";
import { endSessions, suspended } from "@/lib/sessions/commands";
import { forgive, giveBack, isUsedUp, reserve } from "@/lib/throttles/commands";
import { networkOf, partiesAt } from "@/lib/throttles/rules";
import { Fault } from "@/lib/vocabulary/fault";

type Asking = "sign_up" | "recover";

const queueOf = { sign_up: "account.sign_up", recover: "account.recover" } as const;
const limitOf = { sign_up: "sign_up_mail", recover: "recover_mail" } as const;

/** Takes an application for an account; the worker finds out whether the address is free, so the answer never tells. */
export async function requestAccount(raw: unknown, origin: Origin): Promise<string> {
  const { password, analytics, terms: _, ...facts } = parse(CreateAccount, raw);
  refuseWeak(password, passwordRules(facts, brand().name));
  await asVisitor({ email: facts.email }, (tx) => reserveMail(tx, "sign_up", facts.email, origin));
  const { email, ...applicant } = facts;
  const payload: Applicant = {
    ...applicant,
    analyticsAllowed: analytics ? "yes" : "no",
    termsAcceptedAt: new Date().toISOString(),
    passwordHash: await hashPassword(password, partiesAt(origin.address)),
  };
  return asVisitor({ email }, (tx) => ask(tx, "sign_up", email, payload));
}

/** Takes the wish for a new password; the same work and the same answer whether or not there is an account (ACC-3). */
export async function requestReset(raw: unknown, origin: Origin): Promise<string> {
  const { email } = parse(Recover, raw);
  return asVisitor({ email }, async (tx) => {
    await reserveMail(tx, "recover", email, origin);
    return ask(tx, "recover", email, null);
  });
}

/** Has the mail that was asked for sent once more, within limits (LNK-10). */
export async function sendAgain(purpose: Asking, raw: unknown, origin: Origin): Promise<string> {
  const { request } = parse(SendAgain, raw);
  const linkHash = Buffer.from(request, "hex");
  await asVisitor({ linkHash }, async (tx) => {
    const asked = await linkOf(tx, purpose, linkHash);
    if (!asked || asked.expired) throw new Fault("not_found", "This page has been open for too long. Start again");
    await reserveMail(tx, purpose, asked.email, origin);
    await enqueue(tx, queueOf[purpose], { request, attempt: v7() });
  });
  return request;
}

async function reserveMail(tx: Tx, purpose: Asking, email: string, origin: Origin) {
  await reserve(tx, limitOf[purpose], email);
  await reserve(tx, "mail_address", networkOf(origin.address));
}

// The row answers to a hash of which nobody has the secret: it can be looked up and sent again, never followed.
async function ask(tx: Tx, purpose: Asking, email: string, payload: Applicant | null): Promise<string> {
  const secretHash = hashSecret(newSecret());
  const expiresAt = sql`now() + make_interval(hours => ${env().LINK_HOURS})`;
  await tx.insert(links).values({ purpose, email, payload, secretHash, expiresAt });
  const request = secretHash.toString("hex");
  await enqueue(tx, queueOf[purpose], { request, attempt: v7() });
  return request;
}

/** Refuses a password that the rules for it refuse, with every reason (AUT-1, AUT-2). */
export function refuseWeak(password: string, rules: PasswordPolicy) {
  const problems = passwordProblems(password, rules);
  if (problems.length > 0) throw new Fault("invalid", "Choose another password", { password: [problems.join(". ")] });
}

const notChosen = "This is not the password that was chosen. Try again; if you did not ask for this account, close this page";

/** Makes the account that a validation link stands for, once, for whoever has the mail and knows the password (ACC-2). */
export async function validateAddress(raw: unknown, { address, browser }: Origin): Promise<{ email: string }> {
  const { token, password } = parse(ValidateAddress, raw);
  const linkHash = hashSecret(token);
  await requireChosen(linkHash, password, address);
  return asVisitor({ linkHash }, async (tx) => {
    const { email, payload } = await consume(tx, "validate", linkHash);
    await narrow(tx, { email });
    const [account] = await tx
      .insert(accounts)
      .values({ ...accountOf(Applicant.parse(payload), email), passwordChangedAt: sql`now()` })
      .onConflictDoNothing({ target: accounts.email })
      .returning({ id: accounts.id });
    if (!account) throw new Fault("conflict", "There is an account with this address already. Sign in, or choose a new password");
    await closeRequests(tx, ["sign_up", "validate"], email);
    await narrow(tx, { accountId: account.id });
    await tx.insert(accountEvents).values({ accountId: account.id, name: "account.created", address, browser });
    return { email };
  });
}

// Otherwise a stranger could ask for an account with somebody's address and have its owner open it for them.
async function requireChosen(linkHash: Buffer, password: string, address: string | null): Promise<void> {
  const which = linkHash.toString("hex");
  const { passwordHash } = await asVisitor({ linkHash }, async (tx) => {
    const link = await linkOf(tx, "validate", linkHash);
    const state = stateOf(link);
    if (state !== "fresh") throw new Fault("conflict", linkWords[state].text);
    await reserve(tx, "validate", which);
    return Applicant.parse(link?.payload);
  });
  const verdict = await verifyPassword(passwordHash, password, partiesAt(address, which)).catch(async (crowded: unknown) => {
    await asVisitor({ linkHash }, (tx) => giveBack(tx, "validate", which));
    throw crowded;
  });
  if (!verdict.ok) throw new Fault("invalid", notChosen, { password: [notChosen] });
}

/**
 * Sets a new password by a mailed link, once: everybody is signed out, all failed tries are forgotten. What else opens
 * the account stays, and its owner is told of each (ACC-15).
 */
export async function resetPassword(raw: unknown, origin: Origin): Promise<{ accountId: string; email: string; opensOtherwise: boolean }> {
  const { token, password } = parse(ResetPassword, raw);
  const reset = await showReset(token);
  if (reset.state !== "fresh") throw new Fault("conflict", linkWords[reset.state].text);
  if (!reset.found) throw new Fault("conflict", linkWords.unknown.text);
  const { person, rules } = reset.found;
  if (reset.found.suspended) throw suspended();
  refuseWeak(password, rules);
  const passwordHash = await hashPassword(password, partiesAt(origin.address));
  const linkHash = hashSecret(token);
  return asVisitor({ accountId: person.id, linkHash }, async (tx) => {
    await holdAccount(tx, person.id, "no key update");
    const { accountId } = await consume(tx, "reset", linkHash);
    if (accountId !== person.id) throw new Fault("conflict", linkWords.unknown.text);
    await narrow(tx, { email: person.email, accountId });
    const change = { passwordHash, passwordChangedAt: sql`now()`, version: sql`${accounts.version} + 1` };
    const open = and(eq(accounts.id, accountId), isNull(accounts.suspendedAt));
    const changed = await tx.update(accounts).set(change).where(open).returning({ id: accounts.id });
    if (changed.length === 0) throw suspended();
    await closeRequests(tx, ["recover", "reset", "change_email"], person.email);
    await forgive(tx, "sign_in", person.email);
    await forgiveCodes(tx, accountId);
    await endSessions(tx, accountId, "password reset");
    await forgive(tx, "confirm", accountId);
    await recordEverywhere(tx, person, origin, "password.reset");
    const ways = await otherWays(tx, accountId);
    await (ways.length > 0 ? tellOfWays(tx, person.email, ways, origin) : tellOwner(tx, person.email, "Your password was changed", origin));
    return { accountId, email: person.email, opensOtherwise: ways.length > 0 };
  });
}

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

function tellOfWays(tx: Tx, to: string, ways: string[], origin: Origin) {
  const { url } = brand();
  const links = { link: `${url}/account?dialog=login-methods`, recoverLink: `${url}/recover` };
  return post(tx, { template: "password-replaced", to, props: { at: new Date().toISOString(), from: placeOf(origin), ways: lists.format(ways), ...links } });
}

// Twice a day, or whoever reads somebody's mail could guess at their codes without end.
async function forgiveCodes(tx: Tx, accountId: string) {
  if (await isUsedUp(tx, "second_factor_anew", accountId)) return;
  await reserve(tx, "second_factor_anew", accountId);
  await forgive(tx, "second_factor", accountId);
}

/** Uses a link up in one conditional statement; whatever follows happens in the same transaction (LNK-1). */
export async function consume(tx: Tx, purpose: LinkPurpose, linkHash: Buffer) {
  const link = await consumeLink(tx, purpose, linkHash);
  if (link) return link;
  const state = stateOf(await linkOf(tx, purpose, linkHash));
  throw new Fault("conflict", linkWords[state === "fresh" ? "used" : state].text);
}

/** Ends what else is under way for an address, and forgets what was typed for it. */
export async function closeRequests(tx: Tx, purposes: LinkPurpose[], email: string) {
  const same = and(eq(links.email, email), inArray(links.purpose, purposes));
  await tx.update(links).set({ payload: null, voidedAt: sql`coalesce(${links.voidedAt}, ${links.consumedAt}, now())` }).where(same);
}

/** Tells the owner of an account what was done to it, and how to react if it was not them: at once, or by what there is to do inside (AUT-9). */
export async function tellOwner(tx: Tx, to: string, what: string, origin: Origin, inside?: string) {
  const { url } = brand();
  const reaction = inside
    ? { advice: `If it was not you, ${inside}.`, label: "Open My Account", link: `${url}/account` }
    : { advice: "If it was not you, choose a new password at once; that signs out everybody else.", label: "Choose a new password", link: `${url}/recover` };
  await post(tx, { template: "security-notice", to, props: { what, at: new Date().toISOString(), from: placeOf(origin), ...reaction } });
}
