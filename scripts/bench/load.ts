import { Agent, get } from "node:http";
import { parentPort } from "node:worker_threads";
import { percentile } from "./stats.ts";

/** What to ask for, by how many at once, for how long. */
export type Order = { url: string; cookie: string; status: number; connections: number; seconds: number };

/** What was seen from outside. Times are in milliseconds. */
export type Seen = { requests: number; perSecond: number; p50: number; p99: number; wrong: string | null };

function ask({ url, cookie, status }: Order, agent: Agent): Promise<number> {
  const headers = cookie ? { cookie, accept: "text/html" } : { accept: "text/html" };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = get(url, { agent, headers, timeout: 30_000 }, (response) => {
      response.on("error", reject);
      response.on("end", () =>
        response.statusCode === status
          ? resolve(performance.now() - began)
          : reject(new Error(`${new URL(url).pathname} answered ${response.statusCode} ${response.headers.location ?? ""}`)),
      );
      response.resume();
    });
    request.on("timeout", () => request.destroy(new Error("no answer within 30 s")));
    request.on("error", reject);
  });
}

/** Every connection asks again as soon as it is answered, until the time is over. */
async function press(order: Order): Promise<Seen> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const times: number[] = [];
  const began = performance.now();
  const end = began + order.seconds * 1_000;
  const loop = async () => {
    while (performance.now() < end) times.push(await ask(order, agent));
  };
  const turns = await Promise.allSettled(Array.from({ length: order.connections }, loop));
  const took = (performance.now() - began) / 1_000;
  agent.destroy();
  const failed = turns.find((turn) => turn.status === "rejected");
  const sorted = Float64Array.from(times).sort();
  return {
    requests: times.length,
    perSecond: times.length / took,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    wrong: failed ? String(failed.reason) : null,
  };
}

parentPort?.on("message", (order: Order) => {
  void press(order).then((seen) => parentPort?.postMessage(seen));
});
