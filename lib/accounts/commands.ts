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

/** Queues a sign-up; the worker checks whether the email is taken, so the response reveals nothing. */
export async function requestAccount(raw: unknown, origin: Origin): Promise<string> {
  const { password, analytics, terms: _, ...profile } = parse(CreateAccount, raw);
  refuseWeak(password, passwordRules(profile, brand().name));
  await asVisitor({ email: profile.email }, (tx) => reserveMail(tx, "sign_up", profile.email, origin));
  const { email, ...details } = profile;
  const payload: Applicant = {
    ...details,
    analyticsAllowed: analytics ? "yes" : "no",
    termsAcceptedAt: new Date().toISOString(),
    passwordHash: await hashPassword(password, partiesAt(origin.address)),
  };
  return asVisitor({ email }, (tx) => ask(tx, "sign_up", email, payload));
}

/** Queues a password reset; same work and same response whether or not the account exists. */
export async function requestReset(raw: unknown, origin: Origin): Promise<string> {
  const { email } = parse(Recover, raw);
  return asVisitor({ email }, async (tx) => {
    await reserveMail(tx, "recover", email, origin);
    return ask(tx, "recover", email, null);
  });
}

/** Sends the requested email again, within the rate limits. */
export async function sendAgain(purpose: Asking, raw: unknown, origin: Origin): Promise<string> {
  const { request } = parse(SendAgain, raw);
  const linkHash = Buffer.from(request, "hex");
  await asVisitor({ linkHash }, async (tx) => {
    const link = await linkOf(tx, purpose, linkHash);
    if (!link || link.expired) throw new Fault("not_found", "This page has been open for too long. Start again");
    await reserveMail(tx, purpose, link.email, origin);
    await enqueue(tx, queueOf[purpose], { request, attempt: v7() });
  });
  return request;
}

async function reserveMail(tx: Tx, purpose: Asking, email: string, origin: Origin) {
  await reserve(tx, limitOf[purpose], email);
  await reserve(tx, "mail_network", networkOf(origin.address));
}

// The secret is discarded: the hash only identifies the request, so this row can never be followed as a link.
async function ask(tx: Tx, purpose: Asking, email: string, payload: Applicant | null): Promise<string> {
  const secretHash = hashSecret(newSecret());
  const expiresAt = sql`now() + make_interval(hours => ${env().LINK_HOURS})`;
  await tx.insert(links).values({ purpose, email, payload, secretHash, expiresAt });
  const request = secretHash.toString("hex");
  await enqueue(tx, queueOf[purpose], { request, attempt: v7() });
  return request;
}

/** Throws a field error that lists every password rule the password violates. */
export function refuseWeak(password: string, rules: PasswordPolicy) {
  const problems = passwordProblems(password, rules);
  if (problems.length > 0) throw new Fault("invalid", "Choose another password", { password: [problems.join(". ")] });
}

const notChosen = "This is not the password that was chosen. Try again; if you did not ask for this account, close this page";

/** Creates the account behind a validation link, once, after checking the password chosen at sign-up. */
export async function validateAddress(raw: unknown, origin: Origin): Promise<{ email: string }> {
  const { token, password } = parse(ValidateAddress, raw);
  const linkHash = hashSecret(token);
  await requireChosen(linkHash, password, origin.address);
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
    const { address, browser } = origin;
    await tx.insert(accountEvents).values({ accountId: account.id, name: "account.created", address, browser });
    return { email };
  });
}

// Prevents account pre-hijacking: the owner of the email must not activate a password that an attacker chose.
async function requireChosen(linkHash: Buffer, password: string, ipAddress: string | null): Promise<void> {
  const key = linkHash.toString("hex");
  const { passwordHash } = await asVisitor({ linkHash }, async (tx) => {
    const link = await linkOf(tx, "validate", linkHash);
    const state = stateOf(link);
    if (state !== "fresh") throw new Fault("conflict", linkWords[state].text);
    await reserve(tx, "account_validation", key);
    return Applicant.parse(link?.payload);
  });
  const verdict = await verifyPassword(passwordHash, password, partiesAt(ipAddress, key)).catch(async (error: unknown) => {
    await asVisitor({ linkHash }, (tx) => giveBack(tx, "account_validation", key));
    throw error;
  });
  if (!verdict.ok) throw new Fault("invalid", notChosen, { password: [notChosen] });
}

type ResetResult = { accountId: string; email: string; opensOtherwise: boolean };

/**
 * Sets a new password by an emailed link, once: ends all sessions and resets the failed-attempt limits.
 * Other login methods stay; the notice to the owner lists them.
 */
export async function resetPassword(raw: unknown, origin: Origin): Promise<ResetResult> {
  const { token, password } = parse(ResetPassword, raw);
  const reset = await showReset(token);
  if (reset.state !== "fresh") throw new Fault("conflict", linkWords[reset.state].text);
  if (!reset.found) throw new Fault("conflict", linkWords.unknown.text);
  const { person, rules } = reset.found;
  if (reset.found.suspended) throw suspended();
  refuseWeak(password, rules);
  const passwordHash = await hashPassword(password, partiesAt(origin.address));
  const linkHash = hashSecret(token);
  return asVisitor({ accountId: person.id, linkHash }, async (tx): Promise<ResetResult> => {
    await holdAccount(tx, person.id, "no key update");
    const { accountId } = await consume(tx, "reset", linkHash);
    if (accountId !== person.id) throw new Fault("conflict", linkWords.unknown.text);
    await narrow(tx, { email: person.email, accountId });
    const change = { passwordHash, passwordChangedAt: sql`now()`, version: sql`${accounts.version} + 1` };
    const active = and(eq(accounts.id, accountId), isNull(accounts.suspendedAt));
    const changed = await tx.update(accounts).set(change).where(active).returning({ id: accounts.id });
    if (changed.length === 0) throw suspended();
    await closeRequests(tx, ["recover", "reset", "change_email"], person.email);
    await forgive(tx, "sign_in", person.email);
    await forgiveCodes(tx, accountId);
    await endSessions(tx, accountId, "password reset");
    await forgive(tx, "reauthentication", accountId);
    await recordEverywhere(tx, person, origin, "password.reset");
    const methods = await otherWays(tx, accountId);
    await (methods.length > 0 ? tellOfWays(tx, person.email, methods, origin) : tellOwner(tx, person.email, "Your password was changed", origin));
    return { accountId, email: person.email, opensOtherwise: methods.length > 0 };
  });
}

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

function tellOfWays(tx: Tx, to: string, methods: string[], origin: Origin) {
  const { url } = brand();
  const urls = { link: `${url}/account?dialog=login-methods`, recoverLink: `${url}/recover` };
  return post(tx, { template: "password-replaced", to, props: { at: new Date().toISOString(), from: placeOf(origin), ways: lists.format(methods), ...urls } });
}

// Limited per day, so that access to a mailbox does not allow unlimited guessing of codes.
async function forgiveCodes(tx: Tx, accountId: string) {
  if (await isUsedUp(tx, "second_factor_reset", accountId)) return;
  await reserve(tx, "second_factor_reset", accountId);
  await forgive(tx, "second_factor", accountId);
}

/** Consumes a link atomically in the caller's transaction; throws with the reason when it is not usable. */
export async function consume(tx: Tx, purpose: LinkPurpose, linkHash: Buffer) {
  const link = await consumeLink(tx, purpose, linkHash);
  if (link) return link;
  const state = stateOf(await linkOf(tx, purpose, linkHash));
  throw new Fault("conflict", linkWords[state === "fresh" ? "used" : state].text);
}

/** Voids every link with one of these purposes for an email and erases its payload. */
export async function closeRequests(tx: Tx, purposes: LinkPurpose[], email: string) {
  const matches = and(eq(links.email, email), inArray(links.purpose, purposes));
  await tx.update(links).set({ payload: null, voidedAt: sql`coalesce(${links.voidedAt}, ${links.consumedAt}, now())` }).where(matches);
}

/** Emails the account owner what changed and what to do if it was not them (default: choose a new password). */
export async function tellOwner(tx: Tx, to: string, what: string, origin: Origin, remedy?: string) {
  const { url } = brand();
  const reaction = remedy
    ? { advice: `If it was not you, ${remedy}.`, label: "Open My Account", link: `${url}/account` }
    : { advice: "If it was not you, choose a new password at once; that signs out everybody else.", label: "Choose a new password", link: `${url}/recover` };
  await post(tx, { template: "security-notice", to, props: { what, at: new Date().toISOString(), from: placeOf(origin), ...reaction } });
}
