import { type KeyOf, mergedPart } from "@/lib/shared/registry";

export type QueueName = KeyOf<"queues">;

const queues = mergedPart("queues");
const defaults = { retryLimit: 12, retryDelay: 5, retryBackoff: true, retryDelayMax: 900, heartbeatSeconds: 10, expireInSeconds: 120 };

/** All queues, created by the migration; each area's jobs define what runs in them. */
export const queueNames = Object.keys(queues) as QueueName[];

export const queueOptions = Object.fromEntries(queueNames.map((name) => [name, { ...defaults, ...queues[name] }])) as Record<QueueName, typeof defaults>;
