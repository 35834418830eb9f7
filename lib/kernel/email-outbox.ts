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

/** Inserts an email into the outbox in the caller's transaction; its props stay encrypted until delivery. */
export async function enqueueEmail<N extends EmailName>(tx: Tx, { template, to: recipient, props, invitation }: OutboxEmail<N>) {
  const id = v7();
  const encryptedProps = encrypt(JSON.stringify(props), emailAad(id));
  await tx.insert(emailOutbox).values({ id, template, recipient, encryptedProps, invitedOrgId: invitation?.orgId, membershipId: invitation?.membershipId });
}

/** Decrypts the props of an email in the outbox. */
export const decryptProps = (mailId: string, encryptedProps: Uint8Array): unknown => JSON.parse(decrypt(encryptedProps, emailAad(mailId)));
