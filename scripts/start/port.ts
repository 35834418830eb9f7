import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** Whether a server could listen on this port of the address. */
export async function isFree(port: number, host?: string): Promise<boolean> {
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

/** The wished port of the loopback address when nobody has it, else one that the system picks. */
export async function freePort(wish: number): Promise<number> {
  if (wish > 0 && (await isFree(wish, "127.0.0.1"))) return wish;
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The first free port from the given one on, so that a second portal finds its place beside the first. */
export async function nextFreePort(from: number, host: string): Promise<number> {
  for (let port = from; port < from + 50; port += 1) if (await isFree(port, host)) return port;
  throw new Error(`The ports ${from} to ${from + 49} are all taken. Set PORT to a free one.`);
}
