import { copyFileSync, linkSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { projectPath } from "./paths.ts";

function linkOrCopy(from: string, to: string) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** Repeats a folder by hard links, or by copies where the file system has none. */
export function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

/** Puts the build beside the data and returns where its programs are: a later build does not touch what is running. */
export function prepareRelease(data: string): { standalone: string; dist: string } {
  const release = path.join(data, "release");
  const [standalone, dist] = [path.join(release, "standalone"), path.join(release, "dist")];
  rmSync(release, { recursive: true, force: true });
  linkTree(projectPath(".next", "standalone"), standalone);
  linkTree(projectPath("dist"), dist);
  return { standalone, dist };
}
