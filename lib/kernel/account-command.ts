import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type * as z from "zod/mini";
import { enqueue } from "@/db/queue";
import type { QueueName } from "@/db/queue-config";
import { sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { EmailName } from "@/emails";
import type { RequestMetadata } from "@/lib/access/actor";
import { type AuditEntry, diff, writeAuditEntry } from "@/lib/kernel/audit";
import { accountActor, type AccountEventDetails, type AccountIdentity, recordAccountEvent } from "@/lib/kernel/account-events";
import { lockAccount } from "@/lib/kernel/lock-account";
import { type OutboxEmail, enqueueEmail } from "@/lib/kernel/email-outbox";
import { parse } from "@/lib/kernel/parse";
import { type RejectAfterCommit, unwrapOutput } from "@/lib/kernel/reject-after-commit";
import type { EventName } from "@/lib/shared/events";
import { AppError, SignedOutError } from "@/lib/shared/app-error";

/** A signed-in account that acts on itself. */
export type AccountContext = { sessionId: string; account: AccountIdentity; origin: RequestMetadata };

type OperationContext = {
  record: (name: EventName, details?: AccountEventDetails) => Promise<void>;
  /** Records an event in the audit log of one organization of the account. */
  recordInOrg: (orgId: string, name: EventName, entry: AuditEntry) => Promise<void>;
  mail: <N extends EmailName>(mail: OutboxEmail<N>) => Promise<void>;
  enqueue: (name: QueueName, payload: Record<string, string>) => Promise<void>;
  /** States that the account was not changed, so that nothing has to be recorded. */
  nothingChanged: () => void;
};

type Spec<S extends z.ZodMiniType, W extends AccountContext, P, O> = {
  input: S;
  /** Slow work before the transaction begins, such as verifying a password. */
  prepare?: (self: W, input: z.output<S>) => Promise<P>;
  run: (scope: { tx: Tx; self: W; prepared: P } & OperationContext, input: z.output<S>) => Promise<O | RejectAfterCommit>;
};

/** Defines a write to one's own account: parses, locks the account, runs in one transaction and requires an audit entry. */
export function accountCommand<S extends z.ZodMiniType, W extends AccountContext, O, P = undefined>({ input: schema, prepare, run }: Spec<S, W, P, O>) {
  const fromRaw = async (self: W, raw: unknown): Promise<O> => {
    const input = parse(schema, raw);
    const prepared = (await prepare?.(self, input)) as P;
    const output = await withAuthScope({ accountId: self.account.id }, async (tx) => {
      await requireLiveSession(tx, self);
      const { close, ...operation } = createAccountContext(tx, self);
      const result = await run({ tx, self, prepared, ...operation }, input);
      close();
      return result;
    });
    return unwrapOutput(output);
  };
  return Object.assign((self: W, input: z.input<S>) => fromRaw(self, input), { fromRaw });
}

// The account lock comes before the session check: ending a session takes the same lock, so an ended session cannot write.
async function requireLiveSession(tx: Tx, { sessionId, account }: AccountContext): Promise<void> {
  if (!(await lockAccount(tx, account.id, "no key update"))) throw new AppError("unauthenticated", "This account no longer exists");
  const isLive = and(eq(sessions.id, sessionId), isNull(sessions.revokedAt));
  const [session] = await tx.select({ id: sessions.id }).from(sessions).where(isLive).for("share");
  if (!session) throw new SignedOutError();
}

function createAccountContext(tx: Tx, { account, origin }: AccountContext) {
  let entries = 0;
  const context: OperationContext = {
    async record(name, details = {}) {
      entries += 1;
      const unchanged = details.before && details.after && !diff(details);
      if (!unchanged) await recordAccountEvent(tx, account, origin, name, details);
    },
    async recordInOrg(orgId, name, entry) {
      entries += 1;
      await writeAuditEntry(tx, { ...accountActor(account), orgId, origin }, name, entry);
    },
    mail: (mail) => enqueueEmail(tx, mail),
    enqueue: (name, payload) => enqueue(tx, name, payload),
    nothingChanged: () => void (entries += 1),
  };
  const close = () => {
    if (entries === 0) throw new Error("A command must record what it did");
  };
  return { ...context, close };
}
