import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LoadOptions, LoadResult } from "./load.ts";
import { waitUntilIdle, residentMemory, cpuTime, type Running } from "./server.ts";
import { median } from "./stats.ts";
import type { Target } from "./targets.ts";

/** Throughput, latency in milliseconds and server CPU time of one page at one concurrency. */
export type Figures = { perSecond: number; p50: number; p99: number; processor: number };

/** The figures of a page with 1 and with 16 connections. */
export type Measured = { one: Figures; sixteen: Figures };

export type Servers = Record<Target["server"], Running>;

type Plan = { rounds: number; seconds: number };

const concurrencies = { one: 1, sixteen: 16 } as const;

/** Generates load in a worker thread, so that the main thread does not disturb it. */
export function openLoad() {
  const worker = new Worker(new URL("./load.ts", import.meta.url));
  const press = async (order: LoadOptions): Promise<LoadResult> => {
    worker.postMessage(order);
    const [seen] = (await once(worker, "message")) as [LoadResult];
    if (seen.error) throw new Error(`${order.url}: ${seen.error}`);
    return seen;
  };
  return { press, close: () => worker.terminate() };
}

type Load = ReturnType<typeof openLoad>;

async function sample(load: Load, servers: Servers, target: Target, connections: number, seconds: number): Promise<Figures> {
  const { pid, origin } = servers[target.server];
  await waitUntilIdle(pid);
  const before = cpuTime(pid);
  const { path, cookie, payload } = target;
  const seen = await load.press({ url: origin + path, cookie, payload, status: 200, connections, seconds });
  await waitUntilIdle(pid);
  return { perSecond: seen.perSecond, p50: seen.p50, p99: seen.p99, processor: (cpuTime(pid) - before) / seen.requests };
}

const middle = (samples: Figures[]): Figures => ({
  perSecond: median(samples.map(({ perSecond }) => perSecond)),
  p50: median(samples.map(({ p50 }) => p50)),
  p99: median(samples.map(({ p99 }) => p99)),
  processor: median(samples.map(({ processor }) => processor)),
});

/** Measures the pages alternately in rounds, so that changes in machine speed affect all of them. */
export async function measure(load: Load, servers: Servers, targets: readonly Target[], { rounds, seconds }: Plan) {
  const samples = new Map(targets.map(({ name }) => [name, { one: [] as Figures[], sixteen: [] as Figures[] }]));
  for (const target of targets) await sample(load, servers, target, concurrencies.sixteen, Math.max(1, seconds));
  for (let round = 1; round <= rounds; round += 1) {
    process.stdout.write(`\rRound ${round} of ${rounds}`);
    for (const level of ["one", "sixteen"] as const) {
      for (const target of round % 2 === 0 ? targets.toReversed() : targets) {
        samples.get(target.name)?.[level].push(await sample(load, servers, target, concurrencies[level], seconds));
      }
    }
  }
  process.stdout.write("\r".padEnd(30) + "\r");
  const figures = new Map<string, Measured>();
  for (const [name, { one, sixteen }] of samples) figures.set(name, { one: middle(one), sixteen: middle(sixteen) });
  return { figures, memory: { reference: residentMemory(servers.reference.pid), portal: residentMemory(servers.portal.pid) } };
}
