import "server-only";
import { AppError, OtherAccountError, SignedOutError } from "@/lib/shared/app-error";
import { type PageIdentity, readPageIdentity } from "@/lib/shared/page-identity";
import { currentSession } from "@/lib/web/session";

/**
 * Who may be signed in when a form arrives: exactly the account its page was rendered for, or, for a sign-in that proves
 * its account by itself, anybody as long as the page was not rendered for somebody else.
 */
export type IdentityRule = "same account" | "not another account";

type SignedIn = { id: string; email: string } | null;

/** Returns the error for a form whose page was rendered for another account or organization, or null. */
export function identityError(page: PageIdentity | undefined, now: SignedIn, rule: IdentityRule, orgId: string | null): AppError | null {
  if (!page) return new AppError("invalid", "This page is out of date. Reload it and try again");
  if (page.accountId !== (now?.id ?? null)) return rule === "not another account" && !(page.accountId && now) ? null : otherAccountError(page, now);
  if (orgId !== null && page.orgId !== orgId) return new AppError("conflict", "This page was opened for another organization. Nothing was changed");
  return null;
}

function otherAccountError({ accountId, email }: PageIdentity, now: SignedIn): AppError {
  const opener = email ?? "another account";
  if (!now) return new SignedOutError(opener);
  const opened = accountId === null ? "while signed out" : `by ${opener}`;
  return new OtherAccountError("conflict", `You are now signed in as ${now.email}, but this page was opened ${opened}. Nothing was changed`);
}

/** Refuses a form whose page was rendered for another account than the one signed in now, or for another organization. */
export async function requirePageIdentity(form: unknown, rule: IdentityRule, orgId: string | null): Promise<void> {
  if (!(form instanceof FormData)) throw new AppError("invalid", "This wasn’t sent by a form. Reload the page and try again");
  const page = readPageIdentity(form);
  const now = page ? ((await currentSession())?.account ?? null) : null;
  const error = identityError(page, now, rule, orgId);
  if (error) throw error;
}

/** The identity of a page that is rendered now. */
export async function currentPageIdentity(orgId?: string): Promise<PageIdentity> {
  const account = (await currentSession())?.account;
  return { accountId: account?.id ?? null, email: account?.email ?? null, orgId: orgId ?? null };
}
