import { eq, sql } from "drizzle-orm";
import { generateSync } from "otplib/functional";
import { v7 } from "uuid";
import { accounts, organizations, totpCredentials } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { encrypt } from "@/lib/kernel/encryption";
import { hashPassword } from "@/lib/passwords/hash";
import { logIn, newRequestMetadata, validPassword } from "@/lib/testing/sign-in";
import { newAccount, type TestOrg, type TestAccount } from "@/lib/testing/fixtures";
import { verifySecondFactor } from "@/lib/two-factor/commands";
import { getPendingSecondFactor } from "@/lib/two-factor/queries";
import { newTotpSecret, totpAad } from "@/lib/two-factor/rules";

/** Returns the current TOTP code. */
export const currentTotpCode = (seed: string): string => generateSync({ secret: seed });

/** Returns a code that is not valid now. */
export function invalidTotpCode(seed: string): string {
  const epoch = Math.floor(Date.now() / 1_000);
  const validCodes = [-30, 0, 30].map((offset) => generateSync({ secret: seed, epoch: epoch + offset }));
  return ["000000", "111111", "222222", "333333"].find((code) => !validCodes.includes(code)) ?? "";
}

/** Enables TOTP for an account and returns its secret. */
export async function enrollTotp({ id }: Pick<TestAccount, "id">): Promise<string> {
  const seed = newTotpSecret();
  await withAuthScope({ accountId: id }, async (tx) => {
    await tx.insert(totpCredentials).values({ accountId: id, encryptedSecret: encrypt(seed, totpAad(id)), verifiedAt: sql`now()` });
    await tx.update(accounts).set({ twoFactorEnabledAt: sql`now()` }).where(eq(accounts.id, id));
  });
  return seed;
}

/** Creates an account with the valid test password and, if wanted, TOTP. */
export async function newAccountWithPassword(twoFactor: boolean): Promise<TestAccount & { seed: string }> {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword), analyticsAllowed: "no" });
  return { ...person, seed: twoFactor ? await enrollTotp(person) : "" };
}

/** Allows the current TOTP code to be used again. */
export const allowTotpReuse = ({ id }: Pick<TestAccount, "id">) =>
  withAuthScope({ accountId: id }, (tx) => tx.update(totpCredentials).set({ lastStep: 0 }).where(eq(totpCredentials.accountId, id)));

/** Returns the challenge secret of a sign-in that waits for the second factor. */
export async function newLoginChallenge(person: Pick<TestAccount, "id">): Promise<string> {
  const login = await logIn(person);
  if (login.kind !== "challenge") throw new Error("No second factor is required");
  return login.secret;
}

/** Submits a code to a pending sign-in, from the page that was opened for it. */
export async function submitCode(challengeSecret: string, code: string) {
  const pending = await getPendingSecondFactor(challengeSecret);
  return verifySecondFactor({ origin: newRequestMetadata(), challengeSecret }, { code, challengeId: pending?.challengeId ?? v7() });
}

/** Sets whether an organization requires two-factor authentication. */
export const setTwoFactorRequired = (org: TestOrg, required = true) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) =>
    tx.update(organizations).set({ settings: { password_policy: { enabled: required, requires_two_factor_auth: required } } }).where(eq(organizations.id, org.id)),
  );
