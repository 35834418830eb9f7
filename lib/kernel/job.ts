import "server-only";
import type * as z from "zod/mini";
import type { QueueName } from "@/db/queues";
import { parse } from "@/lib/kernel/parse";

export type Job = { name: QueueName; cron?: string; perform: (payload: unknown) => Promise<void> };

type Spec<S extends z.ZodMiniType> = {
  name: QueueName;
  /** When the schedule puts one in the queue, in UTC; the work must be the same however often it runs. */
  cron?: string;
  input: S;
  run: (input: z.output<S>) => Promise<void>;
};

/** Work that follows a change: its payload carries ids only, and doing it twice is doing it once. */
export function job<S extends z.ZodMiniType>({ name, cron, input, run }: Spec<S>): Job {
  return { name, cron, perform: (payload) => run(parse(input, payload)) };
}
