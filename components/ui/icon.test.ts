import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const house = process.cwd();
const textOf = (file: string) => readFileSync(path.join(house, file), "utf8");
const startsWith = (file: string, directive: string) => textOf(file).trimStart().startsWith(`"use ${directive}"`);

/** The modules that a file imports at run time, without types. */
function loadedBy(file: string): string[] {
  const named = [...textOf(file).matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";/gm)].map(([, name = ""]) => name);
  return named.flatMap((name) => {
    const place = name.startsWith("@/") ? name.slice(2) : path.join(path.dirname(file), name);
    const found = name.startsWith("@/") || name.startsWith(".") ? [".tsx", ".ts", "/index.tsx"].find((end) => existsSync(path.join(house, place + end))) : undefined;
    return found ? [place + found] : [];
  });
}

function everythingBelow(start: string): Set<string> {
  const seen = new Set([start]);
  for (const file of seen) {
    if (startsWith(file, "server")) continue;
    for (const next of loadedBy(file)) seen.add(next);
  }
  return seen;
}

const clients = globSync("{app,components}/**/*.tsx", { cwd: house }).filter((file) => startsWith(file, "client"));

test.each(clients)("%s brings no icon along but those it names", (file) => {
  const whole = [...everythingBelow(file)].filter((one) => /import \{[^}]*\bicons\b[^}]*\} from "[^"]*\/icons"/.test(textOf(one)));
  expect(whole).toEqual([]);
});

test.each(clients)("%s brings along nothing that forms are checked with: it comes when somebody turns to the form", (file) => {
  const brought = [...everythingBelow(file)].filter((one) => /^lib\/[a-z-]+\/schema\.ts$|^lib\/shared\/(email-address|form-schemas|text-schemas)\.ts$/.test(one));
  expect(brought).toEqual([]);
});
