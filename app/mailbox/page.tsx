import * as z from "zod/mini";
import { BareShell } from "@/components/layout/bare-shell";
import { DataTable } from "@/components/table/data-table";
import { cells } from "@/components/table/cells";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { brand } from "@/lib/brand";
import { capturesEmails, capturedEmailById, listCapturedEmails } from "@/lib/mail/queries";
import { notFoundContent } from "@/lib/web/page-content";

const title = "Mailbox";

export default async function MailboxPage({ searchParams }: PageProps<"/mailbox">) {
  const product = brand().name;
  if (!capturesEmails()) return <BareShell product={product}>{notFoundContent("/")}</BareShell>;
  const asked = await searchParams;
  const letter = z.uuid().safeParse(asked.letter).success ? await capturedEmailById(String(asked.letter)) : null;
  const letters = await listCapturedEmails();
  return (
    <BareShell product={product}>
      <PageHeader title={title} subject={letter?.subject} help="This trial sends no mail. What it would send arrives here." />
      {letter && (
        <article className="mx-gutter mb-4 grid justify-items-start gap-3 rounded-lg border border-line bg-surface px-6 py-5 max-sm:p-4">
          <h2 className="text-lg font-semibold">{letter.subject}</h2>
          <p>To {letter.recipient}</p>
          <LetterText text={letter.text} />
          <LinkButton href={`/mailbox/${letter.id}`}>Show as designed</LinkButton>
        </article>
      )}
      <DataTable
        caption="Letters"
        columns={[
          { key: "subject", title: "Subject", wide: true, cell: ({ id, subject }) => cells.link(`/mailbox?letter=${id}`, subject) },
          { key: "to", title: "To", cell: ({ recipient }) => recipient },
          { key: "at", title: "Arrived", cell: ({ receivedAt }) => cells.time(receivedAt) },
        ]}
        rows={letters}
        params={{}}
        path="/mailbox"
        bare
        page={{ noun: letters.length === 1 ? "letter" : "letters", note: "times in UTC" }}
        empty={<Empty title="No mail yet"><p>Create an account or invite somebody, and the mail appears here within seconds.</p></Empty>}
      />
    </BareShell>
  );
}

/** The plain part of a letter with its links to follow. */
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
