import type { Server } from "node:http";
import type { Duplex } from "node:stream";

const limited = new WeakSet<Server>();

/** Bounds what unfinished requests may hold of this server; Node looks for late ones every half minute. */
export function limitServer(server: Server): void {
  if (limited.has(server)) return;
  limited.add(server);
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  server.maxConnections = 2_000;
  server.on("upgrade", refuseUpgrade);
}

// Next leaves an upgrade that it does not know open for ever.
const refuseUpgrade = (_request: unknown, socket: Duplex): void => {
  socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
};
