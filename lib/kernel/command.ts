import "server-only";
import type * as z from "zod/mini";
import { type TenantScope, withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { type Actor, authorize, staffReadsOnlyError, viewOnlyError } from "@/lib/access/actor";
import { deniedPermission, recordDenial } from "@/lib/kernel/access-denials";
import { type OperationContext, createContext } from "@/lib/kernel/operation-context";
import { parse } from "@/lib/kernel/parse";
import { type RejectAfterCommit, unwrapOutput } from "@/lib/kernel/reject-after-commit";
import type { Permission } from "@/lib/shared/permissions";
import { AppError } from "@/lib/shared/app-error";

/** A command or query as pages, server actions, routes, jobs and tests call it. */
export type Operation<I, O> = ((actor: Actor, input: I) => Promise<O>) & {
  /** The same with input that has no type yet, from a form or a query string. */
  readonly fromRaw: (actor: Actor, raw: unknown) => Promise<O>;
  readonly permission: Permission;
  readonly kind: "command" | "query";
};

type CommandContext<P> = { tx: Tx; actor: Actor; sites: TenantScope["sites"]; prepared: P } & Omit<OperationContext, "close">;

type Spec<S extends z.ZodMiniType, P, O> = {
  permission: Permission;
  input: S;
  /** Slow work before the transaction begins, such as a request to another service; what it reads, it reads in a transaction before that. */
  prepare?: (before: { actor: Actor; inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> }, input: z.output<S>) => Promise<P>;
  run: (scope: CommandContext<P>, input: z.output<S>) => Promise<O | RejectAfterCommit>;
};

/** Defines a write: authorizes, parses, runs in one tenant transaction and requires an audit entry. */
export function command<S extends z.ZodMiniType, O, P = undefined>({ permission, input: schema, prepare, run }: Spec<S, P, O>) {
  const fromRaw = async (actor: Actor, raw: unknown): Promise<O> => {
    const scope = await authorizeOrRecord(actor, permission);
    const input = parse(schema, raw);
    const prepared = (await prepare?.({ actor, inTransaction: (work) => withTenant(scope, work) }, input)) as P;
    const output = await withTenant(scope, async (tx) => {
      const { close, ...operation } = createContext(tx, actor);
      const result = await run({ tx, actor, sites: scope.sites, prepared, ...operation }, input);
      close();
      return result;
    }).catch((error: unknown) => recordDenied(actor, permission, error));
    return unwrapOutput(output);
  };
  const operate = (actor: Actor, input: z.input<S>) => fromRaw(actor, input);
  return Object.assign(operate, { fromRaw, permission, kind: "command" as const }) satisfies Operation<z.input<S>, O>;
}

async function authorizeOrRecord(actor: Actor, permission: Permission): Promise<TenantScope> {
  try {
    if (actor.viewer) throw viewOnlyError();
    if (actor.kind === "staff") throw staffReadsOnlyError();
    return authorize(actor, permission);
  } catch (error) {
    return recordDenied(actor, permission, error);
  }
}

// The entry needs a transaction of its own because the failed one is rolled back.
async function recordDenied(actor: Actor, permission: Permission, error: unknown): Promise<never> {
  if (error instanceof AppError && error.code === "forbidden") {
    await withTenant({ orgId: actor.orgId, sites: [] }, (tx) => recordDenial(tx, actor, deniedPermission(actor, permission)));
  }
  throw error;
}
