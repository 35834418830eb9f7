import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Sql } from "postgres";
import { setTimeout as pause } from "node:timers/promises";
import { fakeApplications } from "../../lib/integrations/fake-applications.ts";
import { fakeOAuthProvider } from "../../lib/integrations/fake-oauth-provider.ts";
import { projectPath, pinnedNode, projectRoot } from "../start/paths.ts";
import { nextFreePort } from "../start/port.ts";
import { withThrowawayDatabase } from "../test/throwaway-database.ts";

/** Runs SQL in the database of the portal. */
export type RunSql = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

const startTimeout = 300_000;
const host = "127.0.0.1";

/** Starts a throwaway portal with demo data, with or without Google sign-in. */
export async function openPortal({ withGoogle = true } = {}) {
  const port = await nextFreePort(4_170, host);
  const baseUrl = `http://localhost:${port}`;
  const google = await fakeOAuthProvider();
  const providerSettings = { GOOGLE_ISSUER: google.issuer, GOOGLE_CLIENT_ID: "signalbox", GOOGLE_CLIENT_SECRET: "fake-client-secret", APPLICATIONS: fakeApplications(google.issuer) };
  const child = spawn(pinnedNode, [projectPath("scripts", "start.mjs"), "--throwaway"], {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, PORT: String(port), APP_URL: "", HOST: "", ...(withGoogle ? providerSettings : {}) },
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const exit = once(child, "exit");
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode === null) child.kill("SIGTERM");
    await exit;
    await google.close();
  };
  const runSql: RunSql = (work) => withThrowawayDatabase(String(port), work);
  /** Rejects when the portal exits before the work is done. */
  const whileRunning = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([work, exit.then(() => Promise.reject(new Error("The portal exited before all screenshots were taken.")))]);
  for (const end = Date.now() + startTimeout; Date.now() < end; await pause(250)) {
    if (child.exitCode !== null) throw new Error("The portal did not start.");
    const response = await fetch(`http://${host}:${port}/api/health/ready`).catch(() => undefined);
    if (response?.ok) return { baseUrl, runSql, stop, whileRunning };
  }
  await stop();
  throw new Error("The portal was not ready in time.");
}
