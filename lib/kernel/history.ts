import { eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accountEvents, accounts } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor, Origin } from "@/lib/access/actor";
import { changeOf, type Entry, writeEntry } from "@/lib/kernel/audit";
import type { EventName } from "@/lib/vocabulary/events";

export type Person = { id: string; email: string; firstName: string; lastName: string };

/** The actor of an account event that the account owner did not cause. */
export type Agent = Pick<Actor, "id" | "name"> & { kind: "system" | "staff" };

export type Happening = Pick<Entry, "before" | "after"> & {
  id?: string;
  /** Text after the event message; the second form differs per organization. */
  note?: string;
  noteIn?: (orgId: string) => string;
  by?: Agent;
};

/** Returns an account as the actor of its own events, without an organization. */
export const actorFor = ({ id, email, firstName, lastName }: Person) =>
  ({ kind: "account", id, name: `${firstName} ${lastName}`, email, membershipId: null, grants: [] }) as const;

const agentActor = (agent: Agent) => ({ ...agent, email: null, membershipId: null, grants: [] });

/** Records an event in the account history and in the audit log of each of its organizations, once per id. */
export async function recordEverywhere(tx: Tx, person: Person, origin: Origin, name: EventName, details: Happening = {}) {
  const { id = v7(), note = "", noteIn = () => note, by, before, after } = details;
  const { id: accountId, email } = person;
  const { address, browser } = origin;
  const change = changeOf({ before, after });
  const detail = note || by || change ? { ...(note ? { note } : {}), ...(by ? { by: by.name } : {}), ...change } : null;
  // Waits for a concurrent deletion of the account.
  const [account] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for("key share");
  if (!account) return;
  const [inserted] = await tx
    .insert(accountEvents)
    .values({ id, accountId, name, detail, address, browser })
    .onConflictDoNothing({ target: accountEvents.id })
    .returning({ id: accountEvents.id });
  if (!inserted) return;
  const orgs = await tx.execute<{ id: string }>(sql`select organization_id as id from memberships order by 1`);
  const actor = by ? agentActor(by) : actorFor(person);
  for (const org of orgs) {
    const entry = { subject: { id: accountId, label: email }, note: noteIn(org.id), before, after };
    await writeEntry(tx, { ...actor, orgId: org.id, origin }, name, entry);
  }
}
