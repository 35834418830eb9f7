import "server-only";
import type * as z from "zod/mini";
import { type AuthScope, withAuthScope } from "@/db/auth-access";
import { enqueue } from "@/db/queue";
import type { QueueName } from "@/db/queue-config";
import type { Tx } from "@/db/tx";
import type { EmailName } from "@/emails";
import type { Actor, RequestMetadata } from "@/lib/access/actor";
import { type AccountEventDetails, type AccountIdentity, recordAccountEvent } from "@/lib/kernel/account-events";
import { type AuditEntry, writeAuditEntry } from "@/lib/kernel/audit";
import { type OutboxEmail, enqueueEmail } from "@/lib/kernel/email-outbox";
import { parse } from "@/lib/kernel/parse";
import type { RateLimitName } from "@/lib/kernel/rate-limit-config";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { type RejectAfterCommit, unwrapOutput } from "@/lib/kernel/reject-after-commit";
import type { EventName } from "@/lib/shared/events";

/** The request of somebody who need not be signed in. */
export type PublicContext = { origin: RequestMetadata };

/** What a public command writes in its transaction besides its rows. */
export type PublicOperation = {
  record: (account: AccountIdentity, name: EventName, details?: AccountEventDetails) => Promise<void>;
  recordInOrg: (actor: Actor, name: EventName, entry: AuditEntry) => Promise<void>;
  mail: <N extends EmailName>(mail: OutboxEmail<N>) => Promise<void>;
  enqueue: (name: QueueName, payload: Record<string, string>) => Promise<void>;
  /** States that no account was changed, so that nothing has to be recorded. */
  nothingChanged: () => void;
};

type Spec<S extends z.ZodMiniType, C extends PublicContext, P, O> = {
  input: S;
  /** Throws for input that is refused before it counts against a rate limit. */
  validate?: (context: C, input: z.output<S>) => void;
  /** The rate limits and their subjects, counted together before any look-up. */
  limits?: (context: C, input: z.output<S>) => readonly (readonly [name: RateLimitName, subject: string])[];
  /** Look-ups and slow work before the transaction, such as verifying a password. */
  prepare?: (context: C, input: z.output<S>) => Promise<P>;
  /** The rows that the transaction sees. */
  scope: (context: C, input: z.output<S>, prepared: P) => AuthScope;
  run: (scope: { tx: Tx; context: C; prepared: P } & PublicOperation, input: z.output<S>) => Promise<O | RejectAfterCommit>;
  /** Runs after the transaction failed and was rolled back; must throw. */
  onError?: (error: unknown, context: C, prepared: P) => Promise<never>;
};

/** Defines a write of the public side: parses, counts rate limits, runs in one transaction of a narrow scope and requires a record or a job. */
export function publicCommand<S extends z.ZodMiniType, C extends PublicContext, O, P = undefined>(spec: Spec<S, C, P, O>) {
  const fromRaw = async (context: C, raw: unknown): Promise<O> => {
    const input = parse(spec.input, raw);
    spec.validate?.(context, input);
    const limits = spec.limits?.(context, input) ?? [];
    if (limits.length > 0) await withAuthScope({}, (tx) => consumeAll(tx, limits));
    const prepared = (await spec.prepare?.(context, input)) as P;
    const transaction = withAuthScope(spec.scope(context, input, prepared), async (tx) => {
      const { close, ...operation } = createPublicContext(tx, context);
      const output = await spec.run({ tx, context, prepared, ...operation }, input);
      close();
      return output;
    });
    return unwrapOutput(await transaction.catch((error: unknown) => failed(spec, error, context, prepared)));
  };
  return Object.assign((context: C, input: z.input<S>) => fromRaw(context, input), { fromRaw });
}

async function consumeAll(tx: Tx, limits: readonly (readonly [name: RateLimitName, subject: string])[]) {
  for (const [name, subject] of limits) await consumeLimit(tx, name, subject);
}

async function failed<C extends PublicContext, P>({ onError }: Pick<Spec<z.ZodMiniType, C, P, unknown>, "onError">, error: unknown, context: C, prepared: P): Promise<never> {
  await onError?.(error, context, prepared);
  throw error;
}

function createPublicContext(tx: Tx, { origin }: PublicContext) {
  let entries = 0;
  const counted = (written: Promise<void>) => {
    entries += 1;
    return written;
  };
  const context: PublicOperation = {
    record: (account, name, details) => counted(recordAccountEvent(tx, account, origin, name, details)),
    recordInOrg: (actor, name, entry) => counted(writeAuditEntry(tx, actor, name, entry)),
    mail: (mail) => enqueueEmail(tx, mail),
    enqueue: (name, payload) => counted(enqueue(tx, name, payload)),
    nothingChanged: () => void (entries += 1),
  };
  const close = () => {
    if (entries === 0) throw new Error("A command must record what it did");
  };
  return { ...context, close };
}
