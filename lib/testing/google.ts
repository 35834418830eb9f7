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

/** Registers the installation of this test file with a stand-in for Google, before its settings are first read. */
export function configure(issuer: string): void {
  Object.assign(process.env, { GOOGLE_ISSUER: issuer, GOOGLE_CLIENT_ID: "signalbox", GOOGLE_CLIENT_SECRET: "canary-client-secret" });
}

let numbers = 0;

export const newGooglePerson = (email = newAddress()): GooglePerson => ({ sub: `canary-subject-${process.pid}-${(numbers += 1)}`, email });

/** The roads that lead by Google. */
export function roadsTo(google: Google) {
  async function link(who: Who, whom: GooglePerson) {
    const { secret, address } = await beginGoogleLink(who);
    await linkGoogle(who, { secret, answer: await google.answerOf(address, whom) });
  }

  /** Somebody who has linked a Google account. */
  async function newLinked() {
    const [person, whom] = [await newPerson(), newGooglePerson()];
    await link(await signedInAs(person), whom);
    return { person, whom };
  }

  /** A browser that went to Google and is back, with what it brings. */
  async function backFromGoogle(whom: GooglePerson, path: string | null = null) {
    const { secret, address } = await beginGoogleSignIn(newVisitor(), { path });
    return { secret, answer: await google.answerOf(address, whom) };
  }

  return { link, newLinked, backFromGoogle };
}

/** A Google account that an account linked before, as linking leaves it. */
export async function linkedBefore({ id: accountId }: Pick<Person, "id">): Promise<GooglePerson> {
  const { sub: subject, email } = newGooglePerson();
  const issuer = googleIssuer();
  const subjectHash = subjectHashOf({ issuer, subject });
  await asVisitor({ accountId }, (tx) => tx.insert(identities).values({ accountId, issuer, subject, subjectHash, email }));
  return { sub: subject, email };
}

/** How many sessions an account has, and beginnings of one. */
export const waysInto = ({ id: accountId }: Pick<Person, "id">) =>
  asVisitor({ accountId }, async (tx) => {
    const counts = [];
    for (const table of [sessions, loginTickets, challenges]) {
      counts.push(...(await tx.select({ ways: count() }).from(table).where(eq(table.accountId, accountId))));
    }
    return counts.reduce((sum, { ways }) => sum + ways, 0);
  });
