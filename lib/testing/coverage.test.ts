import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { mails } from "@/emails";
import { type Permission, roleFacts } from "@/lib/vocabulary/access";

const house = process.cwd();
const read = (file: string) => readFileSync(path.join(house, file), "utf8");
const files = (pattern: string) =>
  globSync(pattern, { cwd: house })
    .filter((file) => !/\.test\.|node_modules/.test(file))
    .sort();

/** Everything a module exports, with the text that makes it. */
function exportsOf(file: string): [name: string, made: string][] {
  const parts = read(file)
    .split(/^export /m)
    .slice(1);
  return parts.map((part) => [
    /^(?:default )?(?:async )?(?:const|function|type|class)?\s*\*?(\w+|\{[^}]*\})/.exec(part)?.[1] ?? part.slice(0, 40),
    part,
  ]);
}

const actionFiles = files("{app,components,lib}/**/*.{ts,tsx}").filter((file) =>
  /^\s*"use server"|[;{]\s*"use server"/m.test(read(file)),
);

/** The few actions that belong to this browser alone and need nobody's permission. */
const ownAffairs = ["chooseThemeFor", "signOutOf"];

describe("TEN-4: every server action says who may", () => {
  const actions = actionFiles.flatMap((file) => exportsOf(file).map(([name, made]) => ({ file, name, made })));

  test("actions live in actions.ts files and nowhere else", () => {
    expect(actionFiles.length).toBeGreaterThan(3);
    for (const file of actionFiles) expect(file).toMatch(/^app\/.*actions\.ts$/);
  });

  test.each(actions)("$file: $name is made by one of the doors", ({ file, name, made }) => {
    const text = made.replace(/\s+/g, " ");
    const door = new RegExp(
      `^const ${name} = (action|personAction|freshAction|ownerAction|dueAction|visitorAction)\\(|^const ${name} = (${ownAffairs.join("|")});`,
    ).exec(text);
    expect(door, text.slice(0, 120)).not.toBeNull();
    const isOfOrganization = file.includes("[orgId]");
    expect(door?.[1] === "action", "inside an organization, and only there, a command decides").toBe(isOfOrganization);
    if (door?.[1] === "visitorAction")
      expect(file, "what is open to strangers stands apart").toMatch(/^app\/\(auth\)\//);
    if (door?.[1] === "action")
      expect(commands.has(/action\((\w+),/.exec(text)?.[1] ?? ""), "it opens a command").toBe(true);
  });

  test("what is open to strangers is a short list", () => {
    const opened = actions.flatMap(({ made }) => /visitorAction\("(\w+)"/.exec(made)?.[1] ?? []);
    const listed = /publicActions = \[(.*?)\]/s.exec(read("lib/web/account-action.ts"))?.[1] ?? "";
    const publicActions = [...listed.matchAll(/"(\w+)"/g)].map(([, name]) => name);
    expect(new Set(opened)).toEqual(new Set(publicActions));
    expect(publicActions.length).toBeGreaterThan(0);
    expect(publicActions.length).toBeLessThanOrEqual(12);
  });
});

const operationsIn = (kind: "command" | "query") =>
  files("lib/*/*.ts").flatMap((file) =>
    [
      ...read(file).matchAll(new RegExp(`^(?:export )?const (\\w+) = ${kind}\\(\\{\\s*permission: "([\\w.]+)"`, "gm")),
    ].map(([, name = "", permission = ""]) => ({ file, name, permission })),
  );
const [allCommands, allQueries] = [operationsIn("command"), operationsIn("query")];
const commands = new Set(allCommands.map(({ name }) => name));

describe("TEN-4: every command and query names a permission, and every permission is somebody's", () => {
  const asked = new Set([...allCommands, ...allQueries].map(({ permission }) => permission));
  const granted = new Set<string>(Object.values(roleFacts).flatMap(({ may }) => may));
  const known = [...read("lib/vocabulary/access.ts").matchAll(/^ {2}\| "([\w.]+)"/gm)].map(
    ([, permission = ""]) => permission as Permission,
  );

  test("no operation is made without one", () => {
    for (const file of files("lib/*/*.ts")) {
      const made = read(file).match(/= (?:command|query)\(/g)?.length ?? 0;
      expect([file, [...allCommands, ...allQueries].filter((one) => one.file === file).length]).toEqual([file, made]);
    }
  });

  test.each(known)("%s is granted and asked for", (permission) => {
    expect(granted).toContain(permission);
    expect(asked).toContain(permission);
  });

  test("nothing else is granted or asked for", () => {
    expect([...granted, ...asked].filter((permission) => !known.some((one) => one === permission))).toEqual([]);
  });
});

describe("TEN-4: every page and every route asks who is there", () => {
  const guards = { org: /await (?:requireActor|permittedActor)\(orgId/, person: /await require(?:Person\(\)|Owner\(\)|Due\("\w+", )/ };

  test.each(files("app/(portal)/**/page.tsx"))("%s", (file) => {
    const text = read(file);
    const guard = file.includes("[orgId]") ? guards.org : guards.person;
    const body = text.slice(text.indexOf("export default async function"));
    const asks = guard.exec(body)?.index ?? -1;
    expect(asks, "it asks").toBeGreaterThan(0);
    const before = body.slice(body.indexOf("{", body.indexOf(")")), asks);
    expect(before.match(/await (?!params|searchParams)\w+/g), "before it does anything").toBeNull();
    const permission = /permittedActor\(orgId, "([\w.]+)"/.exec(body)?.[1];
    const isHome = file.endsWith("[orgId]/page.tsx");
    if (file.includes("[orgId]")) expect(permission !== undefined || isHome, "it names a permission").toBe(true);
  });

  test.each(files("app/(portal)/**/route.ts"))("%s", (file) => {
    const doors = /export const GET = (?:endpoint|csvDownload)\(|await asking(?:Actor|Person|Owner)\(/;
    expect(read(file)).toMatch(doors);
    expect(read(file), "what changes things is an action").not.toMatch(
      /export (?:const|async function|function) (?:POST|PUT|PATCH|DELETE)/,
    );
  });

  test("outside of it, the routes that answer anybody are these", () => {
    const open = files("app/**/route.ts").filter((file) => !file.startsWith("app/(portal)/"));
    expect(open).toEqual([
      "app/(auth)/google/callback/route.ts",
      "app/api/[...path]/route.ts",
      "app/api/health/live/route.ts",
      "app/api/health/ready/route.ts",
      "app/mailbox/[letterId]/route.ts",
    ]);
  });
});

const frame = ["index.ts", "letter.tsx", "mail.ts", "theme.ts", "words.ts"];

test("every mail that is written can be sent, previewed and named", () => {
  const written = files("emails/*.{ts,tsx}")
    .map((file) => path.basename(file))
    .filter((file) => !frame.includes(file));
  expect(written.map((file) => file.replace(/\.tsx$/, "")).sort()).toEqual(Object.keys(mails).sort());
});
