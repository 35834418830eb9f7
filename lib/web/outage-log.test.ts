import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLogger } from "@/lib/web/log";
import { outageLog } from "@/lib/web/outage-log";

const globals = globalThis as typeof globalThis & { signalboxLog?: ReturnType<typeof createLogger> };
let lines: { level: string; msg: string; reason?: { message: string }; seconds?: number }[] = [];

beforeEach(() => {
  lines = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as (typeof lines)[number]);
      done();
    },
  });
  globals.signalboxLog = createLogger({ level: "debug", app: "worker", destination });
});
afterEach(() => {
  globals.signalboxLog = undefined;
});

test("an outage that fails a thousand times is logged once with its reason, and its end once", () => {
  let now = 0;
  const outage = outageLog("The database", { now: () => now });
  outage.works();
  for (now = 0; now < 100_000; now += 100) outage.noticed(new Error("connect ECONNREFUSED 127.0.0.1:5432"));
  outage.works();
  outage.works();
  expect(lines).toMatchObject([
    { level: "error", msg: "The database is unavailable", reason: { message: "connect ECONNREFUSED 127.0.0.1:5432" } },
    { level: "info", msg: "The database is available again", seconds: 100 },
  ]);
});

test("failures of connections that were open before the outage belong to it", () => {
  let now = 0;
  const outage = outageLog("The database", { quietMs: 10_000, now: () => now });
  outage.noticed(new Error("terminated"));
  now = 5_000;
  outage.works();
  outage.noticed(new Error("terminated"));
  now = 14_000;
  outage.works();
  expect(lines).toHaveLength(1);
  now = 15_000;
  outage.works();
  expect(lines).toHaveLength(2);
});
