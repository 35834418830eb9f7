import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect, test } from "vitest";
import { connect } from "@/db/client";
import { roleSettings } from "@/db/roles";
import { connectAsOwner } from "@/lib/testing/fixtures";

test("REL-3: while Postgres is gone each query is refused at once, however many were before it", async () => {
  const sql = connect("app", { port: 1, max: 2 });
  for (let tries = 0; tries < 12; tries += 1) {
    const since = performance.now();
    await expect(sql`select 1`).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(performance.now() - since).toBeLessThan(1_000);
  }
  await sql.end({ timeout: 1 });
});

test("REL-4: the limits of a role hold for every connection, whatever it said when it was opened", async () => {
  const owner = connectAsOwner();
  const found = await owner<{ role: string; settings: string[] }[]>`
    select rolname as role, rolconfig as settings from pg_roles where rolname like 'signalbox\_%' and rolcanlogin order by 1`;
  const written = (settings: Record<string, string>) => Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const { app, auth, worker } = roleSettings;
  const sorted = found.map(({ settings }) => settings.map((one) => one.replace("TimeZone=", "timezone=")).toSorted());
  expect(sorted).toEqual([app, auth, worker].map((settings) => written(settings).toSorted()));
  await owner.end();
  const sql = connect("app", { max: 1 });
  const [row] = await sql`select current_setting('statement_timeout') as statement, current_setting('TimeZone') as zone`;
  expect(row).toEqual({ statement: "5s", zone: "UTC" });
  await sql.end();
});

test("TEN-10: a connection says of itself only what a pooler in transaction mode accepts", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const sql = connect("app", { host: "127.0.0.1", port: (server.address() as AddressInfo).port, max: 1 });
  const asked = sql`select 1`.catch(() => {});
  const [socket] = (await once(server, "connection")) as [Socket];
  const [greeting] = (await once(socket, "data")) as [Buffer];
  const words = greeting.subarray(8).toString().split("\0").filter(Boolean);
  const names = words.filter((_, at) => at % 2 === 0);
  const accepted = ["user", "database", "client_encoding", "application_name", "DateStyle", "TimeZone", "standard_conforming_strings"];
  expect(names.filter((name) => !accepted.includes(name))).toEqual([]);
  server.close();
  socket.destroy();
  await asked;
  await sql.end({ timeout: 1 });
});
