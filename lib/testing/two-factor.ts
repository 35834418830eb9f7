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

/** Returns the current TOTP code. */
export const codeNow = (seed: string): string => generateSync({ secret: seed });

/** Returns a code that is not valid now. */
export function wrongCodeFor(seed: string): string {
  const epoch = Math.floor(Date.now() / 1_000);
  const validCodes = [-30, 0, 30].map((offset) => generateSync({ secret: seed, epoch: epoch + offset }));
  return ["000000", "111111", "222222", "333333"].find((code) => !validCodes.includes(code)) ?? "";
}

/** Enables TOTP for an account and returns its secret. */
export async function giveTwoFactor({ id }: Pick<Person, "id">): Promise<string> {
  const seed = newSeed();
  await asVisitor({ accountId: id }, async (tx) => {
    await tx.insert(twoFactors).values({ accountId: id, sealedSecret: seal(seed, placeOf(id)), verifiedAt: sql`now()` });
    await tx.update(accounts).set({ twoFactorSince: sql`now()` }).where(eq(accounts.id, id));
  });
  return seed;
}

/** Creates an account with the valid test password and, if wanted, TOTP. */
export async function newOwner(twoFactor: boolean): Promise<Person & { seed: string }> {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword), analyticsAllowed: "no" });
  return { ...person, seed: twoFactor ? await giveTwoFactor(person) : "" };
}

/** Allows the current TOTP code to be used again. */
export const letStepsPass = ({ id }: Pick<Person, "id">) =>
  asVisitor({ accountId: id }, (tx) => tx.update(twoFactors).set({ lastStep: 0 }).where(eq(twoFactors.accountId, id)));

/** Returns the challenge secret of a sign-in that waits for the second factor. */
export async function challengeFor({ id }: Pick<Person, "id">): Promise<string> {
  const { kind, secret } = await asVisitor({ accountId: id }, (tx) => finishLogin(tx, id, ["password"], { path: "/wanted" }));
  if (kind !== "challenge") throw new Error("No second factor is required");
  return secret;
}

/** Sets whether an organization requires two-factor authentication. */
export const requireTwoFactor = (org: Org, required = true) =>
  withinScope({ orgId: org.id, sites: "all" }, (tx) =>
    tx.update(organizations).set({ twoFactorRequired: required }).where(eq(organizations.id, org.id)),
  );
