import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents, accounts } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { requestSignUp, verifyEmail } from "@/lib/accounts/commands";
import { validPassword, newEmailAddress, newRequestMetadata, latestEmailToken, runQueuedJobs } from "@/lib/testing/sign-in";
import { eventMessage } from "@/lib/shared/event-messages";

test("SES-8, ACC-1: the first events of a new account have messages that My Account can show", async () => {
  const email = newEmailAddress();
  const applicant = { region: "global", email, firstName: "Ines", lastName: "Okafor", password: validPassword, terms: "true" } as const;
  await runQueuedJobs("account.sign_up", { request: await requestSignUp({ origin: newRequestMetadata() }, applicant) });
  await verifyEmail({ origin: newRequestMetadata() }, { token: await latestEmailToken(email, "validate-address"), password: validPassword });
  const events = await withAuthScope({ email }, async (tx) => {
    const [account] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email));
    return withAuthScope({ accountId: account?.id }, (own) => own.select().from(accountEvents));
  });
  expect(events.map(({ name }) => eventMessage(name, email))).toEqual(["Created account", "Signed in"]);
});
