import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

type Frame = { functionName: string; url: string; lineNumber: number };
type Recorded = { nodes: { id: number; callFrame: Frame; children?: number[] }[]; samples: number[]; timeDeltas: number[] };

/** Creates an empty folder for CPU profiles. */
export function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function moduleName({ url, functionName }: Frame): string {
  if (functionName.startsWith("(")) return functionName;
  if (url === "") return "native code";
  if (url.startsWith("node:")) return `node ${url.slice(5).split("/").slice(0, 2).join("/")}`;
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)/.exec(url);
  if (inPackage) return `${inPackage[1]}  ${path.basename(inPackage[2] ?? "")}`;
  return path.basename(url).replace(/%5B/gi, "[").replace(/%5D/gi, "]");
}

function largest(times: Map<string, number>, total: number, count: number): string[] {
  const sorted = [...times].sort(([, one], [, other]) => other - one).slice(0, count);
  return sorted.map(([name, time]) => `  ${((time / total) * 100).toFixed(1).padStart(5)} %  ${name}`);
}

/** CPU time of the largest profile in a folder, by module and by function. */
export function describeProfile(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"));
  const recorded = files.map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Recorded);
  const [main] = recorded.sort((one, other) => other.samples.length - one.samples.length);
  if (!main) throw new Error("The server wrote no CPU profile");
  const frames = new Map(main.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [modules, functions] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  main.samples.forEach((id, at) => {
    const frame = frames.get(id);
    const time = main.timeDeltas[at] ?? 0;
    if (!frame || frame.functionName === "(idle)") return;
    const module = moduleName(frame);
    const name = `${frame.functionName || "(anonymous)"}  ${module}:${frame.lineNumber + 1}`;
    total += time;
    modules.set(module, (modules.get(module) ?? 0) + time);
    functions.set(name, (functions.get(name) ?? 0) + time);
  });
  return ["By module", ...largest(modules, total, 25), "", "By function", ...largest(functions, total, 40)].join("\n");
}
