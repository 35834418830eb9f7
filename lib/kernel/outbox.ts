import { v7 } from "uuid";
import { enqueue } from "@/db/queue";
import { mails } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { MailName, MailProps } from "@/emails";
import { open, seal } from "@/lib/kernel/seal";

export type Mail<N extends MailName = MailName> = {
  [K in N]: { template: K; to: string; props: MailProps<K> };
}[N];

/** The place what a mail says is sealed for: its own row (CRY-1). */
export const mailPlace = (mailId: string) => `mails/${mailId}`;

/** Puts a mail in the outbox of the caller's transaction; what it says is sealed until it is delivered. */
export async function post<N extends MailName>(tx: Tx, mail: Mail<N>) {
  const id = v7();
  const sealedProps = seal(JSON.stringify(mail.props), mailPlace(id));
  await tx.insert(mails).values({ id, template: mail.template, recipient: mail.to, sealedProps });
  await enqueue(tx, "mail.deliver", { mailId: id });
}

/** What a mail of the outbox says. */
export const unseal = (mailId: string, sealedProps: Uint8Array): unknown => JSON.parse(open(sealedProps, mailPlace(mailId)));
