import * as z from "zod/mini";
import { BareShell } from "@/components/layout/bare-shell";
import { rowTime } from "@/components/table/row-time";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { brand } from "@/lib/brand";
import { capturesEmails, capturedEmailById, listCapturedEmails } from "@/lib/mail/queries";
import { ListCapturedEmails } from "@/lib/mail/schema";
import { fromSearch } from "@/lib/web/page";
import { notFoundContent } from "@/lib/web/page-content";
import { EmailList } from "./email-list";

const title = "Mailbox";

export default async function MailboxPage({ searchParams }: PageProps<"/mailbox">) {
  const product = brand().name;
  if (!capturesEmails()) return <BareShell product={product}>{notFoundContent("/")}</BareShell>;
  const asked = await searchParams;
  const letter = z.uuid().safeParse(asked.letter).success ? await capturedEmailById(String(asked.letter)) : null;
  const { rows, ...page } = await listCapturedEmails(fromSearch(ListCapturedEmails, asked));
  return (
    <BareShell product={product}>
      <PageHeader title={title} subject={letter?.subject} help="This trial sends no email. What it would send arrives here." />
      {letter && (
        <article className="mx-gutter mb-4 grid justify-items-start gap-3 rounded-lg border border-line bg-surface px-6 py-5 max-sm:p-4">
          <h2 className="text-lg font-semibold">{letter.subject}</h2>
          <p>To {letter.recipient}</p>
          <LetterText text={letter.text} />
          <LinkButton href={`/mailbox/${letter.id}`}>Show as designed</LinkButton>
        </article>
      )}
      <EmailList rows={rows.map(({ receivedAt, ...row }) => ({ ...row, receivedAt: rowTime(receivedAt) }))} page={page} />
    </BareShell>
  );
}

/** The plain text of an email with clickable links. */
function LetterText({ text }: { text: string }) {
  return (
    <p data-letter="" className="max-w-[72ch] wrap-anywhere whitespace-pre-wrap [&_a]:text-accent [&_a]:underline">
      {text.split(/(https?:\/\/\S+)/).map((part, at) =>
        at % 2 === 1 ? (
          <a key={at} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
