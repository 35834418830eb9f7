import "server-only";
import type * as z from "zod/mini";
import { type RowScope, withinScope } from "@/db/tenancy";
import type { Tx } from "@/db/tx";
import { type Actor, authorize } from "@/lib/access/actor";
import { writeEntry } from "@/lib/kernel/audit";
import { explainConflict } from "@/lib/kernel/conflict";
import { type Ledger, openLedger } from "@/lib/kernel/ledger";
import { parse } from "@/lib/kernel/parse";
import type { Permission } from "@/lib/vocabulary/access";
import { Fault } from "@/lib/vocabulary/fault";

/** Something an actor does or asks: the same function behind pages, actions, the API, jobs and tests. */
export type Operation<I, O> = ((actor: Actor, input: I) => Promise<O>) & {
  readonly permission: Permission;
  readonly kind: "command" | "query";
};

type Spec<S extends z.ZodMiniType, O> = {
  permission: Permission;
  input: S;
  run: (scope: { tx: Tx; actor: Actor; sites: RowScope["sites"] } & Omit<Ledger, "close">, input: z.output<S>) => Promise<O>;
};

/** A change to the world: permitted, parsed, inside one scoped transaction, and on the record. */
export function command<S extends z.ZodMiniType, O>({ permission, input: schema, run }: Spec<S, O>) {
  const operate = async (actor: Actor, raw: z.input<S>): Promise<O> => {
    const scope = await permitted(actor, permission);
    const input = parse(schema, raw);
    return withinScope(scope, async (tx) => {
      const { close, ...ledger } = openLedger(tx, actor);
      const output = await run({ tx, actor, sites: scope.sites, ...ledger }, input);
      close();
      return output;
    })
      .catch((refusal: unknown) => noteDenied(actor, permission, refusal))
      .catch(explainConflict);
  };
  return Object.assign(operate, { permission, kind: "command" as const }) satisfies Operation<z.input<S>, O>;
}

async function permitted(actor: Actor, permission: Permission): Promise<RowScope> {
  try {
    return authorize(actor, permission);
  } catch (refusal) {
    return noteDenied(actor, permission, refusal);
  }
}

/** A refusal leaves its entry in a transaction of its own: the one it was met in is rolled back. */
async function noteDenied(actor: Actor, permission: Permission, refusal: unknown): Promise<never> {
  if (refusal instanceof Fault && refusal.code === "forbidden") {
    const subject = { id: actor.id, label: permission };
    await withinScope({ orgId: actor.orgId, sites: [] }, (tx) => writeEntry(tx, actor, "access.denied", { subject }));
  }
  throw refusal;
}
