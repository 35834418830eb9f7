import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents, accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { requestAccount, validateAddress } from "@/lib/accounts/commands";
import { goodPassword, newAddress, newVisitor, tokenMailed, work } from "@/lib/testing/visitors";
import { messageOf } from "@/lib/vocabulary/messages";

test("SES-8, ACC-1: the first event of a new account has a message that My Account can show", async () => {
  const email = newAddress();
  const applicant = { region: "global", email, firstName: "Ines", lastName: "Okafor", password: goodPassword, terms: "true" };
  await work("account.sign_up", { request: await requestAccount(applicant, newVisitor()) });
  await validateAddress({ token: await tokenMailed(email, "validate-address"), password: goodPassword }, newVisitor());
  const events = await asVisitor({ email }, async (tx) => {
    const [account] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email));
    return asVisitor({ accountId: account?.id }, (own) => own.select().from(accountEvents));
  });
  expect(events.map(({ name }) => messageOf(name, email))).toEqual(["Create account"]);
});
