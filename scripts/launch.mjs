import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const pinnedNode = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

const json = (...file) => JSON.parse(readFileSync(path.join(root, ...file), "utf8"));

/** Whether node_modules matches package-lock.json on this platform. */
function isInstalled() {
  if (!existsSync(path.join(root, "node_modules", ".package-lock.json")) || !existsSync(pinnedNode)) return false;
  const expected = Object.entries(json("package-lock.json").packages).filter(([folder]) => folder !== "");
  const installed = json("node_modules", ".package-lock.json").packages;
  return expected.every(([folder, { version, optional }]) =>
    installed[folder] ? installed[folder].version === version : optional === true,
  );
}

function install() {
  console.log("Installing packages (a minute or two, only when they have changed)");
  // Not `npm ci`: it rejects a lock file without the optional packages of other platforms.
  const args = ["install", "--no-save", "--include=dev", "--include=optional", "--ignore-scripts=false"];
  const { status, error } = spawnSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error || status !== 0) {
    console.error(`npm install failed${error ? `: ${error.message}` : ""}. Check that npm is installed and can reach its registry.`);
    process.exit(1);
  }
}

/** Runs the file in a child process of the pinned Node; signals and the exit code are passed on. */
function runOnPinnedNode(file) {
  const child = spawn(pinnedNode, [file, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`The Node.js in node_modules does not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code) => process.exit(code ?? 1));
}

/** Process ids of the parent and the grandparent: npm runs scripts through a shell. */
function ancestors() {
  const stat = `/proc/${process.ppid}/stat`;
  const grandparent = existsSync(stat) ? readFileSync(stat, "utf8").split(") ").at(-1)?.split(" ")[1] : "";
  return `${process.ppid} ${grandparent}`;
}

/** Stops this process when npm was killed: a killed npm sends no signal, only the ancestors change. */
function exitWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const before = ancestors();
  const watch = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}

/** Installs missing packages, then runs a TypeScript file of scripts/ on the pinned Node. */
export async function launch(script) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    console.error(`Signalbox needs Node.js 20 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  if (!isInstalled()) install();
  process.chdir(root);
  exitWithNpm();
  const file = path.join(root, "scripts", script);
  if (process.version === `v${json("package.json").dependencies.node}`) await import(pathToFileURL(file).href);
  else runOnPinnedNode(file);
}
