import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { pinnedNode, projectRoot } from "./paths.ts";

/** Runs a program and returns its output; when it fails, the output becomes the error message. */
export async function runProgram(title: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(pinnedNode, args, { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill();
  process.once("exit", kill);
  const [[code], out, err] = await Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]);
  process.off("exit", kill);
  const output = `${out}${err}`.trim();
  if (code !== 0) throw new Error(`${title} failed.\n${output}`.trim());
  return output;
}
