import { randomUUID } from "node:crypto";
import { Notice } from "@/components/ui/notice";
import { type Actor, can } from "@/lib/access/actor";
import { findOwnEntry } from "@/lib/audit/queries";
import { noticeOf, requestOf } from "@/lib/vocabulary/notices";

type ToldProps = { notice?: string | string[]; actor?: Actor };

/** What was just done; to whoever may read it in the organization's log, with the way to its entry. */
export async function Told({ notice, actor }: ToldProps) {
  const said = noticeOf(notice);
  return said ? <Notice key={randomUUID()} text={said} link={actor && (await entryFor(actor, requestOf(notice)))} /> : null;
}

async function entryFor(actor: Actor, requestId: string | undefined) {
  if (!requestId || !can(actor, "audit.read")) return undefined;
  const place = await findOwnEntry(actor, { requestId });
  return place ? { label: "View in audit log", href: `/orgs/${actor.orgId}/audit-log?entry=${place}` } : undefined;
}
