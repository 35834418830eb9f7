import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { accountCommand, type AccountContext } from "@/lib/kernel/account-command";
import { getLoginTerms } from "@/lib/login-terms/queries";
import { AcceptLoginTerms } from "@/lib/login-terms/schema";
import type { AuthSession } from "@/lib/sessions/queries";
import { AppError } from "@/lib/shared/app-error";

const audienceNotes = { user: "for partners", administrator: "for administrators of partners" };

/** Accepts the current login terms for this session; fails when the text changed after it was shown. */
export const acceptLoginTerms = accountCommand({
  input: AcceptLoginTerms,
  prepare: async (self: AccountContext & Pick<AuthSession, "memberships">) => getLoginTerms(self),
  async run({ tx, self, prepared: current, record }, { version }) {
    if (current.version !== version) throw new AppError("conflict", "The notice has changed. Read it again");
    const notAccepted = and(eq(sessions.id, self.sessionId), isNull(sessions.revokedAt), isNull(sessions.loginTermsAcceptedAt));
    const accepted = await tx.update(sessions).set({ loginTermsAcceptedAt: sql`now()` }).where(notAccepted).returning({ id: sessions.id });
    if (accepted.length === 0) throw new AppError("conflict", "You have already accepted the notice. Open this page again");
    await record("notice.accepted", { note: `${audienceNotes[current.audience]}, version ${version}` });
  },
});
