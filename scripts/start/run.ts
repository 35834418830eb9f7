import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { pinnedNode, root } from "./paths.ts";

/** Runs a program to its end and gives back what it printed, which becomes the error when it fails. It never outlives this process for long. */
export async function runToEnd(what: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(pinnedNode, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill();
  process.once("exit", kill);
  const [[code], out, err] = await Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]);
  process.off("exit", kill);
  const said = `${out}${err}`.trim();
  if (code !== 0) throw new Error(`${what} did not succeed.\n${said}`.trim());
  return said;
}
