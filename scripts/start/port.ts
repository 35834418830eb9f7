import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** Whether a server can listen on this port. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** The preferred loopback port when it is free, else one that the system picks. */
export async function freePort(preferred: number): Promise<number> {
  if (preferred > 0 && (await isPortFree(preferred, "127.0.0.1"))) return preferred;
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The first free port from the given one on, so that several portals can run at once. */
export async function nextFreePort(from: number, host: string): Promise<number> {
  for (let port = from; port < from + 50; port += 1) if (await isPortFree(port, host)) return port;
  throw new Error(`All ports from ${from} to ${from + 49} are in use. Set PORT to a free one.`);
}
