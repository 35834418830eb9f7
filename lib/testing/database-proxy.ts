import "@/lib/testing/database";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Puts a TCP proxy between this process and Postgres; call it before the first connection is opened. */
export async function startDatabaseProxy() {
  const url = new URL(process.env.DATABASE_URL ?? "");
  const target = { port: Number(url.port), host: url.hostname };
  const sockets: Socket[] = [];
  const traffic = { roundTrips: 0, lastFrom: "server" };
  const proxy = createServer((near) => {
    const far = connect(target);
    near.on("data", () => {
      if (traffic.lastFrom === "server") traffic.roundTrips += 1;
      traffic.lastFrom = "client";
    });
    far.on("data", () => (traffic.lastFrom = "server"));
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) sockets.push(socket.on("error", () => {}));
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  url.port = String((proxy.address() as AddressInfo).port);
  process.env.DATABASE_URL = url.href;
  return {
    /** The number of round trips over all connections. */
    roundTrips: () => traffic.roundTrips,
    /** Keeps the connections open and forwards nothing. */
    silence: () => sockets.forEach((socket) => socket.unpipe()),
    close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
