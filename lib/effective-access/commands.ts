import "server-only";
import { eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { SetViewAs, ViewAs } from "@/lib/effective-access/schema";
import { administratorById } from "@/lib/administrators/queries";
import { auditSubject } from "@/lib/administrators/rules";
import { accountCommand } from "@/lib/kernel/account-command";
import { command } from "@/lib/kernel/command";
import { AppError } from "@/lib/shared/app-error";

/** Records that the actor views the organization as somebody, before the session begins to. */
export const recordViewAs = command({
  permission: "access.view_as",
  input: ViewAs,
  async run({ tx, actor, record }, { administratorId }) {
    const viewed = await administratorById(tx, administratorId);
    if (viewed.accountId === actor.id) throw new AppError("conflict", "You are already viewing as yourself");
    await record("administrator.viewed_as", { subject: auditSubject(viewed) });
    return viewed;
  },
});

/** Makes the session see an organization as one of its administrators, or as its own account again; every request checks that it still may. */
export const setViewAs = accountCommand({
  input: SetViewAs,
  async run({ tx, self: { sessionId }, nothingChanged }, { orgId, administratorId }) {
    nothingChanged();
    await tx.update(sessions).set({ viewAsOrgId: orgId, viewAsMembershipId: administratorId }).where(eq(sessions.id, sessionId));
  },
});
