import path from "node:path";

/** The folder of the project. */
export const root = path.resolve(import.meta.dirname, "..", "..");

/** The Node every process of ours runs on, whatever started this one. */
export const pinnedNode = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** A place inside the project. */
export const inside = (...parts: string[]) => path.join(root, ...parts);
