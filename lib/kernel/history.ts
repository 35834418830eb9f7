import { eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accountEvents, accounts } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor, Origin } from "@/lib/access/actor";
import { changeOf, type Entry, writeEntry } from "@/lib/kernel/audit";
import type { EventName } from "@/lib/vocabulary/events";

export type Person = { id: string; email: string; firstName: string; lastName: string };

/** Who did something to an account where it was not the person: the portal by itself, or the operator's staff. */
export type Agent = Pick<Actor, "id" | "name"> & { kind: "system" | "staff" };

export type Happening = Pick<Entry, "before" | "after"> & {
  id?: string;
  /** Words beside the message; what concerns one organization alone is told to that one. */
  note?: string;
  noteIn?: (orgId: string) => string;
  by?: Agent;
};

/** A person in the entries that are theirs whatever organization reads them. */
export const actorFor = ({ id, email, firstName, lastName }: Person) =>
  ({ kind: "account", id, name: `${firstName} ${lastName}`, email, membershipId: null, grants: [] }) as const;

const asActor = (agent: Agent) => ({ ...agent, email: null, membershipId: null, grants: [] });

/** Writes what happened to an account into its own history and the log of each of its organizations, once per id; nothing once it is gone. */
export async function recordEverywhere(tx: Tx, person: Person, origin: Origin, name: EventName, happening: Happening = {}) {
  const { id = v7(), note = "", noteIn = () => note, by, before, after } = happening;
  const { id: accountId, email } = person;
  const { address, browser } = origin;
  const change = changeOf({ before, after });
  const detail = note || by || change ? { ...(note ? { note } : {}), ...(by ? { by: by.name } : {}), ...change } : null;
  // An account that is being deleted is waited for.
  const [held] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for("key share");
  if (!held) return;
  const [first] = await tx
    .insert(accountEvents)
    .values({ id, accountId, name, detail, address, browser })
    .onConflictDoNothing({ target: accountEvents.id })
    .returning({ id: accountEvents.id });
  if (!first) return;
  const orgs = await tx.execute<{ id: string }>(sql`select organization_id as id from memberships order by 1`);
  const actor = by ? asActor(by) : actorFor(person);
  for (const org of orgs) {
    const entry = { subject: { id: accountId, label: email }, note: noteIn(org.id), before, after };
    await writeEntry(tx, { ...actor, orgId: org.id, origin }, name, entry);
  }
}
