import { v7 } from "uuid";
import { enqueue } from "@/db/queue";
import { emailOutbox } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { EmailName, EmailProps } from "@/emails";
import { decrypt, encrypt } from "@/lib/kernel/encryption";

export type OutboxEmail<N extends EmailName = EmailName> = {
  [K in N]: { template: K; to: string; props: EmailProps<K> };
}[N];

/** Returns the additional authenticated data that binds encrypted email props to their row. */
export const emailAad = (mailId: string) => `email_outbox/${mailId}`;

/** Inserts an email into the outbox in the caller's transaction; its props stay encrypted until delivery. */
export async function enqueueEmail<N extends EmailName>(tx: Tx, mail: OutboxEmail<N>) {
  const id = v7();
  const encryptedProps = encrypt(JSON.stringify(mail.props), emailAad(id));
  await tx.insert(emailOutbox).values({ id, template: mail.template, recipient: mail.to, encryptedProps });
  await enqueue(tx, "mail.deliver", { mailId: id });
}

/** Decrypts the props of an email in the outbox. */
export const decryptProps = (mailId: string, encryptedProps: Uint8Array): unknown => JSON.parse(decrypt(encryptedProps, emailAad(mailId)));
