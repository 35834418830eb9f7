import "server-only";
import { randomUUID } from "node:crypto";
import { FlashMessage } from "@/components/ui/flash-message";
import { type Actor, can } from "@/lib/access/actor";
import { getOwnEntryCursor } from "@/lib/audit/queries";
import { flashMessage, flashRequestId } from "@/lib/shared/flash-messages";

type FlashProps = { notice?: string | string[]; actor?: Actor };

/** What was just done; for readers of the organization's audit log with a link to its entry. */
export async function Flash({ notice, actor }: FlashProps) {
  const text = flashMessage(notice);
  return text ? <FlashMessage key={randomUUID()} text={text} link={actor && (await entryFor(actor, flashRequestId(notice)))} /> : null;
}

async function entryFor(actor: Actor, requestId: string | undefined) {
  if (!requestId || !can(actor, "audit.read")) return undefined;
  const entry = await getOwnEntryCursor(actor, { requestId });
  return entry ? { label: "View in audit log", href: `/orgs/${actor.orgId}/audit-log?entry=${entry}` } : undefined;
}
