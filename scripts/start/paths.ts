import path from "node:path";

/** The root folder of the project. */
export const projectRoot = path.resolve(import.meta.dirname, "..", "..");

/** The pinned Node.js executable that runs all processes. */
export const pinnedNode = path.join(projectRoot, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** A path inside the project. */
export const projectPath = (...parts: string[]) => path.join(projectRoot, ...parts);
