import { spawn } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { readPostmaster } from "./postmaster.ts";
import { postgresEnvironment, type SystemUser } from "./binaries.ts";

/** What to run, and the folders to delete afterwards. */
export type SupervisorOptions = {
  binaries: string;
  data: string;
  log: string;
  user: SystemUser | undefined;
  settings: Record<string, string>;
  throwaway: string[];
};

/** Runs Postgres until the parent process ends, in whatever way. */
function supervise({ binaries, data, log, user, settings, throwaway }: SupervisorOptions) {
  const output = openSync(log, "a", 0o600);
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const postgres = spawn(path.join(binaries, "bin", "postgres"), ["-D", data, "-k", "", ...flags], {
    ...user,
    cwd: data,
    detached: true,
    stdio: ["ignore", output, output],
    env: postgresEnvironment,
  });
  closeSync(output);

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    postgres.kill(throwaway.length > 0 ? "SIGQUIT" : "SIGINT");
    setTimeout(() => postgres.kill("SIGQUIT"), 4_000).unref();
  };
  process.on("disconnect", stop);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  if (!process.connected) stop();

  const readyCheck = setInterval(() => {
    const postmaster = readPostmaster(data);
    if (postmaster?.pid !== postgres.pid || !postmaster?.ready) return;
    clearInterval(readyCheck);
    if (process.connected) process.send?.("ready");
  }, 50);

  postgres.on("error", () => process.exit(1));
  postgres.on("exit", (code) => {
    if (stopping) for (const folder of throwaway) rmSync(folder, { recursive: true, force: true });
    process.exit(stopping ? 0 : (code ?? 1));
  });
}

supervise(JSON.parse(process.argv[2] ?? "") as SupervisorOptions);
