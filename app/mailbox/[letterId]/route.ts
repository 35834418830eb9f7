import * as z from "zod/mini";
import { capturesEmails, capturedEmailById } from "@/lib/mail/queries";

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

export async function GET(_request: Request, { params }: { params: Promise<{ letterId: string }> }) {
  const id = z.uuid().safeParse((await params).letterId);
  const letter = capturesEmails() && id.success ? await capturedEmailById(id.data) : null;
  if (!letter) return new Response("There is nothing at this address.\n", { status: 404 });
  return new Response(letter.html, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, "X-Frame-Options": "SAMEORIGIN" } });
}
