import { v7 } from "uuid";
import { enqueue } from "@/db/queue";
import { mails } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { MailName, MailProps } from "@/emails";
import { open, seal } from "@/lib/kernel/seal";

export type Mail<N extends MailName = MailName> = {
  [K in N]: { template: K; to: string; props: MailProps<K> };
}[N];

/** Returns the additional authenticated data that binds encrypted email props to their row. */
export const mailPlace = (mailId: string) => `mails/${mailId}`;

/** Inserts an email into the outbox in the caller's transaction; its props stay encrypted until delivery. */
export async function post<N extends MailName>(tx: Tx, mail: Mail<N>) {
  const id = v7();
  const sealedProps = seal(JSON.stringify(mail.props), mailPlace(id));
  await tx.insert(mails).values({ id, template: mail.template, recipient: mail.to, sealedProps });
  await enqueue(tx, "mail.deliver", { mailId: id });
}

/** Decrypts the props of an email in the outbox. */
export const unseal = (mailId: string, sealedProps: Uint8Array): unknown => JSON.parse(open(sealedProps, mailPlace(mailId)));
