import "server-only";
import { desc, eq } from "drizzle-orm";
import { readingMailbox } from "@/db/second-door";
import { mailbox } from "@/db/schema";
import { env } from "@/lib/env";

/** Whether this installation keeps its mail on a page instead of sending it. */
export const hasMailbox = () => env().TRIAL && !env().RESEND_API_KEY && !env().SMTP_URL;

/** The newest letters of the trial mailbox. */
export const listLetters = () =>
  readingMailbox((tx) =>
    tx
      .select({ id: mailbox.id, recipient: mailbox.recipient, subject: mailbox.subject, receivedAt: mailbox.receivedAt })
      .from(mailbox)
      .orderBy(desc(mailbox.receivedAt), desc(mailbox.id))
      .limit(50),
  );

/** One letter with its text, or nothing. */
export async function letterById(id: string) {
  const [letter] = await readingMailbox((tx) => tx.select().from(mailbox).where(eq(mailbox.id, id)));
  return letter ?? null;
}
