import "server-only";
import { eq } from "drizzle-orm";
import { withCapturedEmails } from "@/db/auth-access";
import { capturedEmails } from "@/db/schema";
import { env } from "@/lib/env";
import { keyset, type PageParams } from "@/lib/kernel/keyset-pagination";

/** Whether this installation stores its mail for the mailbox page instead of sending it. */
export const capturesEmails = () => env().TRIAL && !env().RESEND_API_KEY && !env().SMTP_URL;

const newestFirst = { sortKeys: { at: { by: capturedEmails.receivedAt, type: "timestamptz" } }, defaultSort: "-at", idColumn: capturedEmails.id } as const;

/** A page of the emails of the mailbox page, newest first. */
export const listCapturedEmails = (paging: PageParams) =>
  withCapturedEmails(async (tx) => {
    const page = keyset(paging, newestFirst);
    const rows = await tx
      .select({ id: capturedEmails.id, recipient: capturedEmails.recipient, subject: capturedEmails.subject, receivedAt: capturedEmails.receivedAt, at: page.at })
      .from(capturedEmails)
      .where(page.where)
      .orderBy(...page.orderBy)
      .limit(page.limit);
    return page.page(rows);
  });

/** Returns one email of the mailbox page, or null. */
export async function capturedEmailById(id: string) {
  const [email] = await withCapturedEmails((tx) => tx.select().from(capturedEmails).where(eq(capturedEmails.id, id)));
  return email ?? null;
}
