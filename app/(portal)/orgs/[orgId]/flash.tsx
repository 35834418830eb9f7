import { randomUUID } from "node:crypto";
import { FlashMessage } from "@/components/ui/flash-message";
import { type Actor, can } from "@/lib/access/actor";
import { getOwnEntryCursor } from "@/lib/audit/queries";
import { flashMessage, flashRequestId } from "@/lib/shared/flash-messages";

type FlashProps = { notice?: string | string[]; actor?: Actor };

/** What was just done; to whoever may read it in the organization's log, with the way to its entry. */
export async function Flash({ notice, actor }: FlashProps) {
  const said = flashMessage(notice);
  return said ? <FlashMessage key={randomUUID()} text={said} link={actor && (await entryFor(actor, flashRequestId(notice)))} /> : null;
}

async function entryFor(actor: Actor, requestId: string | undefined) {
  if (!requestId || !can(actor, "audit.read")) return undefined;
  const place = await getOwnEntryCursor(actor, { requestId });
  return place ? { label: "View in audit log", href: `/orgs/${actor.orgId}/audit-log?entry=${place}` } : undefined;
}
