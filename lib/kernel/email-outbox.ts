import { v7 } from "uuid";
import { emailOutbox } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { EmailName, EmailProps } from "@/emails";
import { decrypt, encrypt } from "@/lib/kernel/encryption";

export type OutboxEmail<N extends EmailName = EmailName> = {
  [K in N]: { template: K; to: string; props: EmailProps<K>; invitation?: InvitationKey };
}[N];

/** The invitation that an email is for, which shows when the email cannot be delivered. */
type InvitationKey = { orgId: string; membershipId: string };

/** Returns the additional authenticated data that binds encrypted email props to their row. */
export const emailAad = (mailId: string) => `email_outbox/${mailId}`;

type AnyEmail = Omit<OutboxEmail, "props"> & { props: unknown };

function outboxRow({ template, to: recipient, props, invitation }: AnyEmail): typeof emailOutbox.$inferInsert {
  const id = v7();
  const encryptedProps = encrypt(JSON.stringify(props), emailAad(id));
  return { id, template, recipient, encryptedProps, invitedOrgId: invitation?.orgId, membershipId: invitation?.membershipId };
}

/** Inserts an email into the outbox in the caller's transaction; its props stay encrypted until delivery. */
export async function enqueueEmail<N extends EmailName>(tx: Tx, mail: OutboxEmail<N>) {
  await tx.insert(emailOutbox).values(outboxRow(mail));
}

const rowsPerStatement = 1_000;

/** The same for many emails, in few statements. */
export async function enqueueEmails(tx: Tx, mails: readonly OutboxEmail[]) {
  for (let start = 0; start < mails.length; start += rowsPerStatement) {
    await tx.insert(emailOutbox).values(mails.slice(start, start + rowsPerStatement).map(outboxRow));
  }
}

/** Decrypts the props of an email in the outbox. */
export const decryptProps = (mailId: string, encryptedProps: Uint8Array): unknown => JSON.parse(decrypt(encryptedProps, emailAad(mailId)));
