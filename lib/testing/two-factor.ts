import { eq, sql } from "drizzle-orm";
import { generateSync } from "otplib/functional";
import { accounts, organizations, twoFactors } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { seal } from "@/lib/kernel/seal";
import { hashPassword } from "@/lib/passwords/hash";
import { finishLogin } from "@/lib/sessions/commands";
import { goodPassword } from "@/lib/testing/visitors";
import { newPerson, type Org, type Person } from "@/lib/testing/world";
import { newSeed, placeOf } from "@/lib/two-factor/rules";

/** What an authenticator app shows now; no sign-in of a test has used it yet where the person is new. */
export const codeNow = (seed: string): string => generateSync({ secret: seed });

/** Six digits that are none of the codes which are right now. */
export function wrongCodeFor(seed: string): string {
  const epoch = Math.floor(Date.now() / 1_000);
  const right = [-30, 0, 30].map((ahead) => generateSync({ secret: seed, epoch: epoch + ahead }));
  return ["000000", "111111", "222222", "333333"].find((code) => !right.includes(code)) ?? "";
}

/** Lets a person sign in with codes of an authenticator, as if they had set it up. */
export async function giveTwoFactor({ id }: Pick<Person, "id">): Promise<string> {
  const seed = newSeed();
  await asVisitor({ accountId: id }, async (tx) => {
    await tx.insert(twoFactors).values({ accountId: id, sealedSecret: seal(seed, placeOf(id)), verifiedAt: sql`now()` });
    await tx.update(accounts).set({ twoFactorSince: sql`now()` }).where(eq(accounts.id, id));
  });
  return seed;
}

/** Somebody with the good password of these tests and, if wished, an authenticator. */
export async function newOwner(twoFactor: boolean): Promise<Person & { seed: string }> {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword), analyticsAllowed: "no" });
  return { ...person, seed: twoFactor ? await giveTwoFactor(person) : "" };
}

/** Lets the codes that are right now count once more, as if half a minute had gone by. */
export const letStepsPass = ({ id }: Pick<Person, "id">) =>
  asVisitor({ accountId: id }, (tx) => tx.update(twoFactors).set({ lastStep: 0 }).where(eq(twoFactors.accountId, id)));

/** What a browser holds after the password was right and a code is asked for. */
export async function challengeFor({ id }: Pick<Person, "id">): Promise<string> {
  const { kind, secret } = await asVisitor({ accountId: id }, (tx) => finishLogin(tx, id, ["password"], { path: "/wanted" }));
  if (kind !== "challenge") throw new Error("No second factor is asked for");
  return secret;
}

/** Makes an organization require a second factor of its members. */
export const requireTwoFactor = (org: Org, required = true) =>
  withinScope({ orgId: org.id, sites: "all" }, (tx) =>
    tx.update(organizations).set({ twoFactorRequired: required }).where(eq(organizations.id, org.id)),
  );
