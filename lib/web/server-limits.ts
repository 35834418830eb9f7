import type { Server } from "node:http";
import type { Duplex } from "node:stream";

const limited = new WeakSet<Server>();

/** Limits unfinished requests; Node checks their timeouts every 30 seconds. */
export function limitServer(server: Server): void {
  if (limited.has(server)) return;
  limited.add(server);
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  server.maxConnections = 2_000;
  server.on("upgrade", refuseUpgrade);
}

// Next never closes an unknown upgrade request.
const refuseUpgrade = (_request: unknown, socket: Duplex): void => {
  socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
};
