import { count, eq } from "drizzle-orm";
import { authChallenges, identities, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { startGoogleLink, startGoogleSignIn, linkGoogle } from "@/lib/identities/commands";
import { hashSubject } from "@/lib/identities/rules";
import type { fakeOAuthProvider, FakeOAuthAccount } from "@/lib/integrations/fake-oauth-provider";
import { googleIssuer } from "@/lib/integrations/google";
import { newEmailAddress, newRequestMetadata, newAccountContext } from "@/lib/testing/sign-in";
import { newAccount, type TestAccount } from "@/lib/testing/fixtures";

type Google = Awaited<ReturnType<typeof fakeOAuthProvider>>;
type Who = Awaited<ReturnType<typeof newAccountContext>>;

/** Configures a fake Google for this test file; must run before the settings are first read. */
export function configureGoogle(issuer: string): void {
  Object.assign(process.env, { GOOGLE_ISSUER: issuer, GOOGLE_CLIENT_ID: "signalbox", GOOGLE_CLIENT_SECRET: "canary-client-secret" });
}

let serial = 0;

export const newFakeGoogleAccount = (email = newEmailAddress()): FakeOAuthAccount => ({ sub: `canary-subject-${process.pid}-${(serial += 1)}`, email });

/** Returns flows that link a fake Google account or sign in with it. */
export function googleFlows(google: Google) {
  async function link(who: Who, whom: FakeOAuthAccount) {
    const { secret, url } = await startGoogleLink(who, {});
    await linkGoogle(who, { secret, answer: await google.answerOf(url, whom) });
  }

  /** Creates an account with a linked Google account. */
  async function newLinked() {
    const [person, whom] = [await newAccount(), newFakeGoogleAccount()];
    await link(await newAccountContext(person), whom);
    return { person, whom };
  }

  /** Completes the consent and returns the cookie secret and the callback query. */
  async function backFromGoogle(whom: FakeOAuthAccount) {
    const { secret, url } = await startGoogleSignIn({ origin: newRequestMetadata() }, {});
    return { secret, answer: await google.answerOf(url, whom) };
  }

  return { link, newLinked, backFromGoogle };
}

/** Inserts a linked Google account without the OAuth flow. */
export async function insertGoogleIdentity({ id: accountId }: Pick<TestAccount, "id">): Promise<FakeOAuthAccount> {
  const { sub: subject, email } = newFakeGoogleAccount();
  const issuer = googleIssuer();
  const subjectHash = hashSubject({ issuer, subject });
  await withAuthScope({ accountId }, (tx) => tx.insert(identities).values({ accountId, issuer, subject, subjectHash, email }));
  return { sub: subject, email };
}

/** Counts the sessions and challenges of an account. */
export const countSessionsAndChallenges = ({ id: accountId }: Pick<TestAccount, "id">) =>
  withAuthScope({ accountId }, async (tx) => {
    const counts = [];
    for (const table of [sessions, authChallenges]) {
      counts.push(...(await tx.select({ rows: count() }).from(table).where(eq(table.accountId, accountId))));
    }
    return counts.reduce((sum, { rows }) => sum + rows, 0);
  });
