import { randomBytes } from "node:crypto";
import { inside } from "../start/paths.ts";
import { startCluster } from "../postgres/cluster.ts";

/** Gives the tests a Postgres of their own, migrated, and takes it away after the last of them. */
export async function setup() {
  const cluster = await startCluster({ home: inside(".data", `test-${process.pid}`), throwaway: true });
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: cluster.url,
    SIGNALBOX_SECRET: randomBytes(48).toString("base64"),
    APP_URL: "http://localhost:3000",
    LOG_LEVEL: "silent",
  });
  const { migrate } = await import("@/db/migrate");
  await migrate(cluster.url);
  return cluster.stop;
}
