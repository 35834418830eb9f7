import "server-only";
import { sql } from "drizzle-orm";
import { requireCurrentPassword, passwordHashById, wrongPasswordMessage } from "@/lib/reauthentication/internal";
import { Reauthenticate } from "@/lib/reauthentication/schema";
import { accountCommand } from "@/lib/kernel/account-command";
import { rotateSessionSecret } from "@/lib/sessions/internal";
import { AppError } from "@/lib/shared/app-error";

/** Marks the session as recently authenticated and rotates its secret. */
export const reauthenticate = accountCommand({
  input: Reauthenticate,
  prepare: (self, { password }) => requireCurrentPassword(self, password),
  async run({ tx, self, prepared: checkedHash, record }) {
    if ((await passwordHashById(tx, self.account.id)) !== checkedHash) throw new AppError("invalid", wrongPasswordMessage, { password: [wrongPasswordMessage] });
    const token = await rotateSessionSecret(tx, self, { reauthenticatedAt: sql`now()` });
    await record("session.confirmed");
    return token;
  },
});
