import { randomBytes } from "node:crypto";
import { projectPath } from "../start/paths.ts";
import { startCluster } from "../postgres/cluster.ts";

/** Starts and migrates a Postgres for the tests, and stops it after the last test. */
export async function setup() {
  const cluster = await startCluster({ home: projectPath(".data", `test-${process.pid}`), throwaway: true });
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
