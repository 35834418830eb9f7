import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

// Below the ephemeral range, so that no outgoing connection takes a port before its server listens.
const ports = { first: 20_000, last: 32_000 };

/** Whether a server can listen on this port. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, "listening");
    server.close();
    await once(server, "close");
    return true;
  } catch {
    return false;
  }
}

/** The preferred loopback port when it is free, else a random one that is. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred && (await isPortFree(preferred, "127.0.0.1"))) return preferred;
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(ports.first, ports.last);
    if (await isPortFree(port, "127.0.0.1")) return port;
  }
  throw new Error(`No free port was found between ${ports.first} and ${ports.last}.`);
}

/** The first free port from the given one on, so that several portals can run at once. */
export async function nextFreePort(from: number, host: string): Promise<number> {
  for (let port = from; port < from + 50; port += 1) if (await isPortFree(port, host)) return port;
  throw new Error(`All ports from ${from} to ${from + 49} are in use. Set PORT to a free one.`);
}
