import { count, eq } from "drizzle-orm";
import { challenges, identities, loginTickets, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { beginGoogleLink, beginGoogleSignIn, linkGoogle } from "@/lib/identities/commands";
import { subjectHashOf } from "@/lib/identities/rules";
import type { fakeGoogle, GooglePerson } from "@/lib/integrations/fake-google";
import { googleIssuer } from "@/lib/integrations/google";
import { newAddress, newVisitor, signedInAs } from "@/lib/testing/visitors";
import { newPerson, type Person } from "@/lib/testing/world";

type Google = Awaited<ReturnType<typeof fakeGoogle>>;
type Who = Awaited<ReturnType<typeof signedInAs>>;

/** Configures a fake Google for this test file; must run before the settings are first read. */
export function configure(issuer: string): void {
  Object.assign(process.env, { GOOGLE_ISSUER: issuer, GOOGLE_CLIENT_ID: "signalbox", GOOGLE_CLIENT_SECRET: "canary-client-secret" });
}

let serial = 0;

export const newGooglePerson = (email = newAddress()): GooglePerson => ({ sub: `canary-subject-${process.pid}-${(serial += 1)}`, email });

/** Returns flows that link a fake Google account or sign in with it. */
export function roadsTo(google: Google) {
  async function link(who: Who, whom: GooglePerson) {
    const { secret, address } = await beginGoogleLink(who);
    await linkGoogle(who, { secret, answer: await google.answerOf(address, whom) });
  }

  /** Creates an account with a linked Google account. */
  async function newLinked() {
    const [person, whom] = [await newPerson(), newGooglePerson()];
    await link(await signedInAs(person), whom);
    return { person, whom };
  }

  /** Completes the consent and returns the cookie secret and the callback query. */
  async function backFromGoogle(whom: GooglePerson, path: string | null = null) {
    const { secret, address } = await beginGoogleSignIn(newVisitor(), { path });
    return { secret, answer: await google.answerOf(address, whom) };
  }

  return { link, newLinked, backFromGoogle };
}

/** Inserts a linked Google account without the OAuth flow. */
export async function linkedBefore({ id: accountId }: Pick<Person, "id">): Promise<GooglePerson> {
  const { sub: subject, email } = newGooglePerson();
  const issuer = googleIssuer();
  const subjectHash = subjectHashOf({ issuer, subject });
  await asVisitor({ accountId }, (tx) => tx.insert(identities).values({ accountId, issuer, subject, subjectHash, email }));
  return { sub: subject, email };
}

/** Counts the sessions, login tickets and challenges of an account. */
export const waysInto = ({ id: accountId }: Pick<Person, "id">) =>
  asVisitor({ accountId }, async (tx) => {
    const counts = [];
    for (const table of [sessions, loginTickets, challenges]) {
      counts.push(...(await tx.select({ rows: count() }).from(table).where(eq(table.accountId, accountId))));
    }
    return counts.reduce((sum, { rows }) => sum + rows, 0);
  });
