import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { memberships, notificationChoices, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { can } from "@/lib/access/actor";
import { command } from "@/lib/kernel/command";
import { SetNotification } from "@/lib/notifications/schema";
import { notFound } from "@/lib/vocabulary/fault";

/** Whether a member is told by mail about the organization or one of the sites they see; saying it twice is saying it once (ACC-26). */
export const setNotification = command({
  permission: "organization.read",
  input: SetNotification,
  async run({ tx, actor, record }, { siteId, on }) {
    const membershipId = await heldMembership(tx, actor.membershipId);
    const site = siteId === null ? undefined : await siteToTellOf(tx, can(actor, "site.read") ? siteId : null);
    const changed = await (on ? choose(tx, membershipId, siteId) : unchoose(tx, membershipId, siteId));
    const subject = { id: actor.id, label: actor.email ?? actor.name };
    const note = site ? `for ${site.name}` : "for the organization";
    await record("notifications.changed", { subject, site, note, before: { on: on !== changed }, after: { on } });
    return { siteId, on };
  },
});

// What a choice hangs on is held until it is written: what is taken away meanwhile takes the choice with it.
async function heldMembership(tx: Tx, id: string | null): Promise<string> {
  const held = id ? await tx.select({ id: memberships.id }).from(memberships).where(eq(memberships.id, id)).for("key share") : [];
  if (!held[0]) throw notFound("Membership");
  return held[0].id;
}

async function siteToTellOf(tx: Tx, id: string | null) {
  const seen = id ? await tx.select({ id: sites.id, name: sites.name }).from(sites).where(eq(sites.id, id)).for("key share") : [];
  if (!seen[0]) throw notFound("Site");
  return seen[0];
}

async function choose(tx: Tx, membershipId: string, siteId: string | null): Promise<boolean> {
  const added = await tx
    .insert(notificationChoices)
    .values({ membershipId, siteId })
    .onConflictDoNothing()
    .returning({ id: notificationChoices.id });
  return added.length > 0;
}

async function unchoose(tx: Tx, membershipId: string, siteId: string | null): Promise<boolean> {
  const about = siteId === null ? isNull(notificationChoices.siteId) : eq(notificationChoices.siteId, siteId);
  const gone = await tx
    .delete(notificationChoices)
    .where(and(eq(notificationChoices.membershipId, membershipId), about))
    .returning({ id: notificationChoices.id });
  return gone.length > 0;
}
