import "server-only";
import type * as z from "zod/mini";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { type Actor, authorize } from "@/lib/access/actor";
import type { Operation } from "@/lib/kernel/command";
import { parse } from "@/lib/kernel/parse";
import type { Permission } from "@/lib/shared/permissions";

export type QueryContext = { tx: Tx; actor: Actor; sites: "all" | readonly string[] };

type Spec<S extends z.ZodMiniType, P, O> = {
  permission: Permission;
  input: S;
  /** Slow work before the transaction begins, such as a request to another service; may count rate limits in transactions before that. */
  prepare?: (before: { actor: Actor; inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> }, input: z.output<S>) => Promise<P>;
  run: (view: QueryContext & { prepared: P }, input: z.output<S>) => Promise<O>;
};

/** Defines a read: authorizes, parses and runs in one read-only tenant transaction. */
export function query<S extends z.ZodMiniType, O, P = undefined>({ permission, input: schema, prepare, run }: Spec<S, P, O>) {
  const fromRaw = async (actor: Actor, raw: unknown): Promise<O> => {
    const scope = authorize(actor, permission);
    const input = parse(schema, raw);
    const prepared = (await prepare?.({ actor, inTransaction: (work) => withTenant(scope, work) }, input)) as P;
    return withTenant(scope, (tx) => run({ tx, actor, sites: scope.sites, prepared }, input), "read only");
  };
  const operate = (actor: Actor, input: z.input<S>) => fromRaw(actor, input);
  return Object.assign(operate, { fromRaw, permission, kind: "query" as const }) satisfies Operation<z.input<S>, O>;
}
