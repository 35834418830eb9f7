import "server-only";
import { desc, eq } from "drizzle-orm";
import { withCapturedEmails } from "@/db/auth-access";
import { capturedEmails } from "@/db/schema";
import { env } from "@/lib/env";

/** Whether this installation stores its mail for the mailbox page instead of sending it. */
export const capturesEmails = () => env().TRIAL && !env().RESEND_API_KEY && !env().SMTP_URL;

/** Lists the newest emails of the mailbox page. */
export const listCapturedEmails = () =>
  withCapturedEmails((tx) =>
    tx
      .select({ id: capturedEmails.id, recipient: capturedEmails.recipient, subject: capturedEmails.subject, receivedAt: capturedEmails.receivedAt })
      .from(capturedEmails)
      .orderBy(desc(capturedEmails.receivedAt), desc(capturedEmails.id))
      .limit(50),
  );

/** Returns one email of the mailbox page, or null. */
export async function capturedEmailById(id: string) {
  const [email] = await withCapturedEmails((tx) => tx.select().from(capturedEmails).where(eq(capturedEmails.id, id)));
  return email ?? null;
}
