import { notFound } from "next/navigation";
import * as z from "zod/mini";
import { Brand } from "@/components/layout/brand";
import { DataTable } from "@/components/table/data-table";
import { cells } from "@/components/table/cells";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { TabTitle } from "@/components/ui/tab-title";
import { brand } from "@/lib/brand";
import { capturesEmails, capturedEmailById, listCapturedEmails } from "@/lib/mail/queries";

const title = "Mailbox";

export default async function MailboxPage({ searchParams }: PageProps<"/mailbox">) {
  if (!capturesEmails()) notFound();
  const asked = await searchParams;
  const letter = z.uuid().safeParse(asked.letter).success ? await capturedEmailById(String(asked.letter)) : null;
  const letters = await listCapturedEmails();
  return (
    <div className="mailbox">
      <TabTitle parts={[letter?.subject, title, brand().name]} />
      <header className="bar">
        <Brand product={brand().name} href="/" />
      </header>
      <main>
        <PageHeader title={title} help="This trial sends no mail. What it would send arrives here." />
        {letter && (
          <article className="card letter">
            <h2>{letter.subject}</h2>
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
      </main>
    </div>
  );
}

/** The plain part of a letter with its links to follow. */
function LetterText({ text }: { text: string }) {
  return (
    <p className="letter-text">
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
