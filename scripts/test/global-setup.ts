import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { type Cluster, startCluster } from "../postgres/cluster.ts";
import { projectPath } from "../start/paths.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
  }
}

const environment = {
  NODE_ENV: "test",
  // Nothing listens there: a test that needs a database imports lib/testing/database.
  DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/none",
  SIGNALBOX_SECRET: randomBytes(48).toString("base64"),
  APP_URL: "http://localhost:3000",
  LOG_LEVEL: "silent",
};

/** Serves a migrated database of its own to each test file that asks for one; Postgres starts with the first request. */
export async function setup(project: TestProject) {
  Object.assign(process.env, environment);
  let cluster: Promise<Cluster> | undefined;
  const server = createServer((_, response) => {
    cluster ??= startMigrated();
    cluster.then(createDatabase).then(
      (url) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  project.provide("databaseServer", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    await (await cluster?.catch(() => undefined))?.stop();
  };
}

async function startMigrated(): Promise<Cluster> {
  const cluster = await startCluster({ home: projectPath(".data", `test-${process.pid}`), throwaway: true });
  const { migrate } = await import("@/db/migrate");
  await migrate(cluster.url);
  return cluster;
}

async function createDatabase({ url: template }: Cluster): Promise<string> {
  const [server, own] = [new URL(template), new URL(template)];
  server.pathname = "postgres";
  own.pathname = `test_${randomBytes(8).toString("hex")}`;
  const sql = postgres(server.href, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`create database ${own.pathname.slice(1)} template ${new URL(template).pathname.slice(1)}`);
  } finally {
    await sql.end();
  }
  return own.href;
}
