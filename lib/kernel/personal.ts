import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type * as z from "zod/mini";
import { enqueue } from "@/db/queue";
import type { QueueName } from "@/db/queues";
import { sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { MailName } from "@/emails";
import type { Origin } from "@/lib/access/actor";
import { changeOf } from "@/lib/kernel/audit";
import { explainConflict } from "@/lib/kernel/conflict";
import { type Happening, type Person, recordEverywhere } from "@/lib/kernel/history";
import { holdAccount } from "@/lib/kernel/hold";
import { type Mail, post } from "@/lib/kernel/outbox";
import { parse } from "@/lib/kernel/parse";
import type { EventName } from "@/lib/vocabulary/events";
import { Fault } from "@/lib/vocabulary/fault";

/** A signed-in account that acts on itself. */
export type Self = { sessionId: string; account: Person; origin: Origin };

type OperationContext = {
  record: (name: EventName, details?: Happening) => Promise<void>;
  mail: <N extends MailName>(mail: Mail<N>) => Promise<void>;
  enqueue: (name: QueueName, payload: Record<string, string>) => Promise<void>;
};

type Spec<S extends z.ZodMiniType, W extends Self, P, O> = {
  input: S;
  /** Slow work before the transaction begins, such as verifying a password. */
  prepare?: (self: W, input: z.output<S>) => Promise<P>;
  run: (scope: { tx: Tx; self: W; prepared: P } & OperationContext, input: z.output<S>) => Promise<O>;
};

/** Defines a write to one's own account: parses, locks the account, runs in one transaction and requires an audit entry. */
export function ownCommand<S extends z.ZodMiniType, W extends Self, O, P = undefined>({ input: schema, prepare, run }: Spec<S, W, P, O>) {
  return async (self: W, raw: unknown): Promise<O> => {
    const input = parse(schema, raw);
    const prepared = (await prepare?.(self, input)) as P;
    return asVisitor({ accountId: self.account.id }, async (tx) => {
      await requireLiveSession(tx, self);
      let entries = 0;
      const output = await run({ tx, self, prepared, ...createAccountContext(tx, self, () => (entries += 1)) }, input);
      if (entries === 0) throw new Error("A command must record what it did");
      return output;
    }).catch(explainConflict);
  };
}

// The account lock comes before the session check: ending a session takes the same lock, so an ended session cannot write.
async function requireLiveSession(tx: Tx, { sessionId, account }: Self): Promise<void> {
  if (!(await holdAccount(tx, account.id, "no key update"))) throw new Fault("unauthenticated", "There is no such account any more");
  const isLive = and(eq(sessions.id, sessionId), isNull(sessions.revokedAt));
  const [session] = await tx.select({ id: sessions.id }).from(sessions).where(isLive).for("share");
  if (!session) throw new Fault("unauthenticated", "You are signed out. Sign in again to continue");
}

const createAccountContext = (tx: Tx, { account, origin }: Self, onRecord: () => void): OperationContext => ({
  async record(name, details = {}) {
    onRecord();
    const unchanged = details.before && details.after && !changeOf(details);
    if (!unchanged) await recordEverywhere(tx, account, origin, name, details);
  },
  mail: (mail) => post(tx, mail),
  enqueue: (name, payload) => enqueue(tx, name, payload),
});
