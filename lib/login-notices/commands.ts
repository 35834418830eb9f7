import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { noticeFor } from "@/lib/login-notices/queries";
import { AcceptNotice } from "@/lib/login-notices/schema";
import type { Present } from "@/lib/sessions/queries";
import { Fault } from "@/lib/vocabulary/fault";

type Reader = Self & Pick<Present, "memberships">;

const kinds = { user: "for partners", administrator: "for administrators of partners" };

/** Accepts the login notice for this session, in the words it was shown in and no others (PWD-5). */
export const acceptNotice = ownCommand({
  input: AcceptNotice,
  prepare: async (self: Reader) => noticeFor(self),
  async run({ tx, self, prepared: shown, record }, { version }) {
    if (shown.version !== version) throw new Fault("conflict", "The notice has changed. Read it once more");
    const unread = and(eq(sessions.id, self.sessionId), isNull(sessions.revokedAt), isNull(sessions.noticeAcceptedAt));
    const accepted = await tx.update(sessions).set({ noticeAcceptedAt: sql`now()` }).where(unread).returning({ id: sessions.id });
    if (accepted.length === 0) throw new Fault("conflict", "The notice was accepted already. Open this page again");
    await record("notice.accepted", { note: `${kinds[shown.kind]}, version ${version}` });
  },
});
