import * as z from "zod/mini";
import { BareShell } from "@/components/layout/bare-shell";
import { rowTime } from "@/components/table/row-time";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { textLink } from "@/components/ui/text-link";
import { brand } from "@/lib/brand";
import { capturesEmails, capturedEmailById, listCapturedEmails } from "@/lib/mail/queries";
import { ListCapturedEmails } from "@/lib/mail/schema";
import { fromSearch } from "@/lib/web/page";
import { notFoundContent } from "@/lib/web/page-content";
import { EmailList } from "./email-list";
import { RefreshWhileVisible } from "@/components/ui/refresh-while-visible";

const title = "Mailbox";

export default async function MailboxPage({ searchParams }: PageProps<"/mailbox">) {
  const product = brand().name;
  if (!capturesEmails()) return <BareShell product={product}>{notFoundContent("/")}</BareShell>;
  const search = await searchParams;
  const email = z.uuid().safeParse(search.email).success ? await capturedEmailById(String(search.email)) : null;
  const { rows, ...page } = await listCapturedEmails(fromSearch(ListCapturedEmails, search));
  return (
    <BareShell product={product}>
      <PageHeader title={title} subject={email?.subject} help="This trial sends no email. What it would send appears here." />
      {email && <OpenedEmail key={email.id} {...email} />}
      <EmailList rows={rows.map(({ receivedAt, ...row }) => ({ ...row, receivedAt: rowTime(receivedAt) }))} page={page} />
      <RefreshWhileVisible />
    </BareShell>
  );
}

type OpenedEmailProps = { id: string; subject: string; recipient: string; text: string };

/** An email as a mail client shows it, and its plain text. */
function OpenedEmail({ id, subject, recipient, text }: OpenedEmailProps) {
  const path = `/mailbox/${id}`;
  return (
    <article className="mx-gutter mb-4 overflow-hidden rounded-lg border border-line bg-surface" aria-label={subject}>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-6 py-4 max-sm:px-4">
        <div className="min-w-0 wrap-anywhere">
          <h2 className="text-lg font-semibold">{subject}</h2>
          <p className="text-sm text-muted">To {recipient}</p>
        </div>
        <LinkButton href={path}>Open in full</LinkButton>
      </header>
      <iframe src={path} title={subject} sandbox="allow-popups allow-popups-to-escape-sandbox" className="block h-[min(600px,80vh)] w-full" />
      <details className="border-t border-line px-6 py-3 max-sm:px-4">
        <summary className="w-fit cursor-pointer text-sm text-muted">Plain text</summary>
        <PlainText text={text} />
      </details>
    </article>
  );
}

/** The plain text of an email with clickable links. */
function PlainText({ text }: { text: string }) {
  return (
    <p data-email-text="" className="max-w-[72ch] py-3 wrap-anywhere whitespace-pre-wrap">
      {text.split(/(https?:\/\/\S+)/).map((part, at) =>
        at % 2 === 1 ? (
          <a key={at} href={part} className={textLink}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
