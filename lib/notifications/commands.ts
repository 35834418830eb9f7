import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { memberships, notificationSubscriptions, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { can } from "@/lib/access/actor";
import { command } from "@/lib/kernel/command";
import { SetNotificationSubscription } from "@/lib/notifications/schema";
import { notFoundError } from "@/lib/shared/app-error";

/** Turns email notifications for the organization or for one visible site on or off; repeating it changes nothing. */
export const setNotificationSubscription = command({
  permission: "organization.read",
  input: SetNotificationSubscription,
  async run({ tx, actor, record }, { siteId, on }) {
    const membershipId = await lockMembership(tx, actor.membershipId);
    const site = siteId === null ? undefined : await lockSite(tx, can(actor, "site.read") ? siteId : null);
    const changed = await (on ? subscribe(tx, membershipId, siteId) : unsubscribe(tx, membershipId, siteId));
    const subject = { id: actor.id, label: actor.email ?? actor.name };
    const note = site ? `for ${site.name}` : "for the organization";
    await record("notifications.changed", { subject, site, note, before: { on: on !== changed }, after: { on } });
    return { siteId, on };
  },
});

// The lock keeps the membership or site from being deleted before the subscription is written.
async function lockMembership(tx: Tx, id: string | null): Promise<string> {
  const rows = id ? await tx.select({ id: memberships.id }).from(memberships).where(eq(memberships.id, id)).for("key share") : [];
  if (!rows[0]) throw notFoundError("Membership");
  return rows[0].id;
}

async function lockSite(tx: Tx, id: string | null) {
  const rows = id ? await tx.select({ id: sites.id, name: sites.name }).from(sites).where(eq(sites.id, id)).for("key share") : [];
  if (!rows[0]) throw notFoundError("Site");
  return rows[0];
}

async function subscribe(tx: Tx, membershipId: string, siteId: string | null): Promise<boolean> {
  const inserted = await tx
    .insert(notificationSubscriptions)
    .values({ membershipId, siteId })
    .onConflictDoNothing()
    .returning({ id: notificationSubscriptions.id });
  return inserted.length > 0;
}

async function unsubscribe(tx: Tx, membershipId: string, siteId: string | null): Promise<boolean> {
  const sameSite = siteId === null ? isNull(notificationSubscriptions.siteId) : eq(notificationSubscriptions.siteId, siteId);
  const deleted = await tx
    .delete(notificationSubscriptions)
    .where(and(eq(notificationSubscriptions.membershipId, membershipId), sameSite))
    .returning({ id: notificationSubscriptions.id });
  return deleted.length > 0;
}
