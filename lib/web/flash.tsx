import "server-only";
import { randomUUID } from "node:crypto";
import { FlashMessage } from "@/components/ui/flash-message";
import { type Actor, can } from "@/lib/access/actor";
import { getOwnEntry } from "@/lib/audit/queries";
import { messageSubject } from "@/lib/shared/event-messages";
import { flashMessage, flashRequestId } from "@/lib/shared/flash-messages";

type FlashProps = { notice?: string | string[]; actor?: Actor };

/** The flash message; for readers of the audit log with a link to the entry. */
export async function Flash({ notice, actor }: FlashProps) {
  const text = flashMessage(notice);
  if (!text) return null;
  const { subject, link } = (actor && (await entryFor(actor, flashRequestId(notice)))) ?? {};
  return <FlashMessage key={randomUUID()} text={subject ? `${text}: ${subject}` : text} link={link} />;
}

async function entryFor(actor: Actor, requestId: string | undefined) {
  if (!requestId || !can(actor, "audit.read")) return undefined;
  const entry = await getOwnEntry(actor, { requestId });
  if (!entry) return undefined;
  const { cursor, name, message } = entry;
  return { subject: messageSubject(name, message), link: { label: "View in audit log", href: `/orgs/${actor.orgId}/audit-log?entry=${cursor}` } };
}
