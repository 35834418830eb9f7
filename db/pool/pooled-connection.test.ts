import { expect, test } from "vitest";
import { withAuthScope } from "@/db/auth-access";
import { startDatabaseProxy } from "@/lib/testing/database-proxy";

const ask = () => withAuthScope({}, (tx) => tx.execute("select 1").then((rows) => rows.length));

test("REL-4: a connection that stops answering is destroyed within seconds, and the next one serves", async () => {
  const proxy = await startDatabaseProxy();
  expect(await ask()).toBe(1);
  proxy.silence();
  const since = performance.now();
  await expect(ask()).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  expect(performance.now() - since).toBeLessThan(10_000);
  expect(await ask()).toBe(1);
  proxy.close();
});
