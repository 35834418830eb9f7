import * as z from "zod/mini";
import { capturesEmails, capturedEmailById } from "@/lib/mail/queries";

// Links would open in the frame of the mailbox page otherwise; a mail client opens them in the browser.
const openInNewTab = (html: string) => html.replace(/<head\b[^>]*>/i, (head) => `${head}<base target="_blank">`);

/** The email as a mail client shows it; its policy is that of `emailCsp`. */
export async function GET(_request: Request, { params }: { params: Promise<{ emailId: string }> }) {
  const id = z.uuid().safeParse((await params).emailId);
  const email = capturesEmails() && id.success ? await capturedEmailById(id.data) : null;
  if (!email) return new Response("There is nothing at this address.\n", { status: 404 });
  return new Response(openInNewTab(email.html), { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
