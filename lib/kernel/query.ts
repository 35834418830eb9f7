import "server-only";
import type * as z from "zod/mini";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { type Actor, authorize } from "@/lib/access/actor";
import type { Operation } from "@/lib/kernel/command";
import { parse } from "@/lib/kernel/parse";
import type { Permission } from "@/lib/shared/permissions";

export type QueryContext = { tx: Tx; actor: Actor; sites: "all" | readonly string[] };

type Spec<S extends z.ZodMiniType, O> = {
  permission: Permission;
  input: S;
  run: (view: QueryContext, input: z.output<S>) => Promise<O>;
};

/** Defines a read: authorizes, parses and runs in one read-only tenant transaction. */
export function query<S extends z.ZodMiniType, O>({ permission, input: schema, run }: Spec<S, O>) {
  const fromRaw = async (actor: Actor, raw: unknown): Promise<O> => {
    const scope = authorize(actor, permission);
    const input = parse(schema, raw);
    return withTenant(scope, (tx) => run({ tx, actor, sites: scope.sites }, input), "read only");
  };
  const operate = (actor: Actor, input: z.input<S>) => fromRaw(actor, input);
  return Object.assign(operate, { fromRaw, permission, kind: "query" as const }) satisfies Operation<z.input<S>, O>;
}
