import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { areas } from "@/lib/areas";
import type { Area } from "@/lib/shared/define-area";

const all: readonly Area[] = areas;
const keyedParts = ["permissions", "events", "constraints", "silentConstraints", "flashMessages", "tables", "organizationRows", "functions", "queues", "pages", "downloads", "actions", "demoTargets", "overviewCards", "firstSteps"] as const;

const duplicatesIn = (keys: readonly string[]) => keys.filter((key, index) => keys.indexOf(key) !== index);

describe("the list of areas", () => {
  test("contains every manifest under the name of its folder", () => {
    const folders = globSync("lib/*/area.ts").map((file) => path.basename(path.dirname(file)));
    expect(all.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
  });

  test.each(keyedParts)("no two areas declare the same key in %s", (part) => {
    expect(duplicatesIn(all.flatMap((area) => Object.keys(area[part] ?? {})))).toEqual([]);
  });

  test("no two areas declare the same menu path or page outside an organization", () => {
    expect(duplicatesIn(all.flatMap(({ menu }) => (menu ? [menu.path] : [])))).toEqual([]);
    expect(duplicatesIn(all.flatMap(({ accountPages = [] }) => [...accountPages]))).toEqual([]);
  });

  test("every permission, action and target that a manifest names is declared", () => {
    const permissions = all.flatMap((area) => Object.keys(area.permissions ?? {}));
    const targets = all.flatMap((area) => Object.keys(area.demoTargets ?? {}));
    const actions = all.flatMap((area) => Object.entries(area.actions ?? {}));
    const routes = all.flatMap((area) => Object.values({ ...area.pages, ...area.downloads }));
    for (const [name, { permission, target, page, undoes }] of actions) {
      expect(permissions, name).toContain(permission);
      if (undoes) expect(actions.map(([other]) => other), name).toContain(undoes);
      for (const used of [target, /\[(\w+)\]/.exec(page)?.[1]]) if (used) expect(targets, name).toContain(used);
    }
    for (const { permission } of routes) expect(permissions).toContain(permission);
    for (const { createdBy, deletedBy } of all.flatMap((area) => Object.values(area.demoTargets ?? {}))) {
      for (const used of [createdBy, deletedBy]) if (used) expect(actions.map(([name]) => name)).toContain(used);
    }
  });
});

const importPattern = /^(?:import|export)(?! type)[^"';]*?from "([^"]+)"|^import "([^"]+)"/gm;

function resolveImport(from: string, specifier: string): string | undefined {
  if (!/^(@\/|\.)/.test(specifier)) return undefined;
  const base = specifier.startsWith("@/") ? specifier.slice(2) : path.join(path.dirname(from), specifier);
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`, `${base}/index.tsx`];
  return candidates.find((file) => /\.tsx?$/.test(file) && existsSync(file));
}

/** The files that reach a browser through a client module, each with the module that imports it. */
function browserFiles(): Map<string, string> {
  const clientModules = globSync("{app,components}/**/*.{ts,tsx}").filter((file) => readFileSync(file, "utf8").startsWith('"use client"'));
  const importers = new Map(clientModules.map((file) => [file, "use client"]));
  for (const [file] of importers) {
    for (const [, named, bare] of readFileSync(file, "utf8").matchAll(importPattern)) {
      const imported = resolveImport(file, named ?? bare ?? "");
      const isServerAction = imported !== undefined && /^\s*"use server"/.test(readFileSync(imported, "utf8"));
      if (imported && !isServerAction && !importers.has(imported)) importers.set(imported, file);
    }
  }
  return importers;
}

test("no client module reaches the manifests, which would send them all to the browser", () => {
  const importers = browserFiles();
  expect(importers.size).toBeGreaterThan(50);
  const reached = [...importers].filter(([file]) => file === "lib/areas.ts" || file === "lib/shared/registry.ts");
  expect(reached).toEqual([]);
});
