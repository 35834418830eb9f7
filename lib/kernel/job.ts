import "server-only";
import type * as z from "zod/mini";
import type { QueueName } from "@/db/queue-config";
import { parse } from "@/lib/kernel/parse";

export type Job = { name: QueueName; cron?: string; perform: (payload: unknown) => Promise<void> };

type Spec<S extends z.ZodMiniType> = {
  name: QueueName;
  /** Schedule in UTC; the job must be idempotent. */
  cron?: string;
  input: S;
  run: (input: z.output<S>) => Promise<void>;
};

/** Defines a background job: idempotent, with a payload of ids only. */
export function job<S extends z.ZodMiniType>({ name, cron, input, run }: Spec<S>): Job {
  return { name, cron, perform: (payload) => run(parse(input, payload)) };
}
