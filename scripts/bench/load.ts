import { Agent, get } from "node:http";
import { parentPort } from "node:worker_threads";
import { percentile } from "./stats.ts";

/** What to request, with how many connections and for how long. */
export type LoadOptions = { url: string; cookie: string; payload?: true; status: number; connections: number; seconds: number };

/** The measured result. Times are in milliseconds. */
export type LoadResult = { requests: number; perSecond: number; p50: number; p99: number; error: string | null };

function request({ url, cookie, payload, status }: LoadOptions, agent: Agent): Promise<number> {
  const headers = { ...(cookie && { cookie }), ...(payload ? { rsc: "1" } : { accept: "text/html" }) };
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const outgoing = get(url, { agent, headers, timeout: 30_000 }, (response) => {
      response.on("error", reject);
      response.on("end", () =>
        response.statusCode === status
          ? resolve(performance.now() - startedAt)
          : reject(new Error(`${new URL(url).pathname} responded ${response.statusCode} ${response.headers.location ?? ""}`)),
      );
      response.resume();
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no response within 30 s")));
    outgoing.on("error", reject);
  });
}

/** Every connection sends the next request as soon as it has a response, until the time is over. */
async function generateLoad(order: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const times: number[] = [];
  const startedAt = performance.now();
  const end = startedAt + order.seconds * 1_000;
  const loop = async () => {
    while (performance.now() < end) times.push(await request(order, agent));
  };
  const turns = await Promise.allSettled(Array.from({ length: order.connections }, loop));
  const took = (performance.now() - startedAt) / 1_000;
  agent.destroy();
  const failed = turns.find((turn) => turn.status === "rejected");
  const sorted = Float64Array.from(times).sort();
  return {
    requests: times.length,
    perSecond: times.length / took,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    error: failed ? String(failed.reason) : null,
  };
}

parentPort?.on("message", (order: LoadOptions) => {
  void generateLoad(order).then((seen) => parentPort?.postMessage(seen));
});
