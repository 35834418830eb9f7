import "server-only";
import { desc, eq } from "drizzle-orm";
import { readingMailbox } from "@/db/second-door";
import { mailbox } from "@/db/schema";
import { env } from "@/lib/env";

/** Whether this installation stores its mail for the mailbox page instead of sending it. */
export const hasMailbox = () => env().TRIAL && !env().RESEND_API_KEY && !env().SMTP_URL;

/** Lists the newest emails of the mailbox page. */
export const listLetters = () =>
  readingMailbox((tx) =>
    tx
      .select({ id: mailbox.id, recipient: mailbox.recipient, subject: mailbox.subject, receivedAt: mailbox.receivedAt })
      .from(mailbox)
      .orderBy(desc(mailbox.receivedAt), desc(mailbox.id))
      .limit(50),
  );

/** Returns one email of the mailbox page, or null. */
export async function letterById(id: string) {
  const [email] = await readingMailbox((tx) => tx.select().from(mailbox).where(eq(mailbox.id, id)));
  return email ?? null;
}
