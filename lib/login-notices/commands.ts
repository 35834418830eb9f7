import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { noticeFor } from "@/lib/login-notices/queries";
import { AcceptNotice } from "@/lib/login-notices/schema";
import type { Present } from "@/lib/sessions/queries";
import { Fault } from "@/lib/vocabulary/fault";

const audienceNotes = { user: "for partners", administrator: "for administrators of partners" };

/** Accepts the current login terms for this session; fails when the text changed after it was shown. */
export const acceptNotice = ownCommand({
  input: AcceptNotice,
  prepare: async (self: Self & Pick<Present, "memberships">) => noticeFor(self),
  async run({ tx, self, prepared: current, record }, { version }) {
    if (current.version !== version) throw new Fault("conflict", "The notice has changed. Read it once more");
    const notAccepted = and(eq(sessions.id, self.sessionId), isNull(sessions.revokedAt), isNull(sessions.noticeAcceptedAt));
    const accepted = await tx.update(sessions).set({ noticeAcceptedAt: sql`now()` }).where(notAccepted).returning({ id: sessions.id });
    if (accepted.length === 0) throw new Fault("conflict", "The notice was accepted already. Open this page again");
    await record("notice.accepted", { note: `${audienceNotes[current.audience]}, version ${version}` });
  },
});
