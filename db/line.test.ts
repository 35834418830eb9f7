import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { expect, test } from "vitest";
import { asVisitor } from "@/db/second-door";

const isOpen = () => asVisitor({}, (tx) => tx.execute("select 1").then((rows) => rows.length));

test("REL-4: a connection that has gone silent is given up within seconds, and the next one serves", async () => {
  const address = new URL(process.env.DATABASE_URL ?? "");
  const [port, passed] = [Number(address.port), [] as Socket[]];
  const between = createServer((near) => {
    const far = connect(port, address.hostname);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) passed.push(socket.on("error", () => {}));
  }).listen(0, "127.0.0.1");
  await once(between, "listening");
  address.port = String((between.address() as AddressInfo).port);
  process.env.DATABASE_URL = address.href;

  expect(await isOpen()).toBe(1);
  for (const socket of passed) socket.unpipe();
  const since = performance.now();
  await expect(isOpen()).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  expect(performance.now() - since).toBeLessThan(10_000);
  expect(await isOpen()).toBe(1);
  for (const socket of passed) socket.destroy();
  between.close();
});
