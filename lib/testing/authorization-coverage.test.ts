import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { emailTemplates } from "@/emails";
import { permissionNames, rolePermissions } from "@/lib/shared/permissions";

const root = process.cwd();
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const files = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .filter((file) => !/\.test\.|node_modules/.test(file))
    .sort();

/** The exports of a module with their source text. */
function exportsOf(file: string): [name: string, source: string][] {
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

const orgActionWrappers = ["action", "bulkAction", "previewedAction", "accountLinkAction"];
const actionWrappers = [...orgActionWrappers, "accountAction", "recentAuthAction", "allowPending2faAction", "pendingStepAction", "publicAction", "browserAction"];
const wrapperFiles = ["lib/web/action.ts", "lib/web/account-action.ts", "lib/web/account-link.ts", "lib/web/browser-action.ts"];

describe("TEN-4: every server action declares its access", () => {
  const actions = actionFiles.flatMap((file) => exportsOf(file).map(([name, source]) => ({ file, name, source })));

  test("server actions are defined in actions.ts files only", () => {
    expect(actionFiles.length).toBeGreaterThan(3);
    for (const file of actionFiles) expect(file).toMatch(/^app\/.*actions\.ts$/);
  });

  test.each(actions)("$file: $name uses an action wrapper", ({ file, name, source }) => {
    const text = source.replace(/\s+/g, " ");
    const wrapper = new RegExp(`^const ${name} = (${actionWrappers.join("|")})\\(`).exec(text);
    expect(wrapper, text.slice(0, 120)).not.toBeNull();
    const isOfOrganization = file.includes("[orgId]");
    expect(orgActionWrappers.includes(wrapper?.[1] ?? ""), "actions of an organization, and only those, run a command").toBe(isOfOrganization);
    if (wrapper?.[1] === "publicAction")
      expect(file, "public actions are in the (auth) group").toMatch(/^app\/\(auth\)\//);
    if (isOfOrganization)
      expect(commands.has(/[aA]ction\((\w+)[,)]/.exec(text)?.[1] ?? ""), "the action runs a command").toBe(true);
  });

  test("the public actions are the listed ones", () => {
    const opened = actions.flatMap(({ source }) => /publicAction\("(\w+)"/.exec(source)?.[1] ?? []);
    const listed = /publicActions = \{(.*?)\}/s.exec(read("lib/web/account-action.ts"))?.[1] ?? "";
    const publicActions = [...listed.matchAll(/(\w+): "/g)].map(([, name]) => name);
    expect(new Set(opened)).toEqual(new Set(publicActions));
    expect(publicActions.length).toBeGreaterThan(0);
    expect(publicActions.length).toBeLessThanOrEqual(12);
  });
});

/** GET forms, which call no server action. */
const isGetForm = (tag: string) => tag.includes("action={path}") || tag.includes('method="get"');

describe("SES-12: every server action compares the page's account with the session in one place", () => {
  const wrappers = wrapperFiles.flatMap((file) => exportsOf(file).filter(([name]) => actionWrappers.includes(name)));

  test("every wrapper is checked here, and calls runAction or another wrapper", () => {
    expect(wrappers.map(([name]) => name).sort()).toEqual([...actionWrappers].sort());
    for (const [name, source] of wrappers) expect(source, name).toMatch(/\b(?:runAction|accountAction)\(/);
  });

  test("runAction compares before it reads the input", () => {
    const [, source = ""] = exportsOf("lib/web/action.ts").find(([name]) => name === "runAction") ?? [];
    const steps = ["requireSameOrigin(", "requirePageIdentity(", "parseFormData("].map((step) => source.indexOf(step));
    expect(steps.every((at) => at > 0)).toBe(true);
    expect([...steps].sort((one, other) => one - other)).toEqual(steps);
    const callers = files("{app,lib}/**/*.{ts,tsx}").filter((file) => read(file).includes("requirePageIdentity("));
    expect(callers).toEqual(["lib/web/action.ts", "lib/web/page-identity.ts"]);
  });

  test("every form that calls a server action sends the identity of its page", () => {
    const senders = files("{app,components}/**/*.tsx").filter((file) => {
      const forms = [...read(file).matchAll(/<form\b[^>]*>/g)].map(([tag]) => tag);
      return forms.some((tag) => !isGetForm(tag));
    });
    expect(senders.length).toBeGreaterThan(1);
    for (const file of senders) expect(read(file), file).toMatch(/<PageIdentityFields/);
  });

  test.each(files("app/(auth)/**/page.tsx"))("%s is made by the wrapper of public pages", (file) => {
    expect(read(file)).toContain("export default publicPage(");
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

describe("TEN-4: every command and query declares a permission, and every permission is granted", () => {
  const required = new Set([...allCommands, ...allQueries].map(({ permission }) => permission));
  const granted = new Set(Object.values(rolePermissions).flat());

  test("every operation declares a permission", () => {
    for (const file of files("lib/*/*.ts")) {
      const count = read(file).match(/= (?:command|query)\(/g)?.length ?? 0;
      expect([file, [...allCommands, ...allQueries].filter((one) => one.file === file).length]).toEqual([file, count]);
    }
  });

  test.each(permissionNames)("%s is granted to a role and used by an operation", (permission) => {
    expect(granted).toContain(permission);
    expect(required).toContain(permission);
  });

  test("no unknown permission is used", () => {
    expect([...required].filter((permission) => !permissionNames.some((name) => name === permission))).toEqual([]);
  });
});

/** Exported writes that no wrapper makes, and why. */
const unwrappedWrites: Record<string, string> = {
  "lib/key-rotation/commands.ts: rotateEncryptionKey": "A migration runs it for all tenants; it changes how values are encrypted, not what they say.",
  "lib/staff/commands.ts: createMsp": "It runs on the server's command line and concerns no account and no organization yet, so there is no log for it; the row says who made it.",
  "lib/usage-analytics/commands.ts: insertPageViews": "It runs in batches after the responses, without a request or a session; its statement checks the account's consent.",
};

test("TEN-4: every exported write is made by command, accountCommand or publicCommand", () => {
  const wrapper = /^const \w+ = (?:command|accountCommand|publicCommand|accountStaffCommand|orgStaffCommand|serverCommand|exporting)(?:<[^>]*>)?\(/;
  const exported = files("lib/*/commands.ts").flatMap((file) => exportsOf(file).map(([name, source]) => ({ file, name, source })));
  const others = exported.filter(({ source }) => !source.startsWith("type ") && !wrapper.test(source)).map(({ file, name }) => `${file}: ${name}`);
  expect(exported.length).toBeGreaterThan(40);
  expect(others.sort()).toEqual(Object.keys(unwrappedWrites));
});

describe("TEN-4: every page and every route checks access", () => {
  const wrappers = {
    org: /export default orgPage\(\{ permission: "[\w.]+", title/,
    account: /export default (?:accountPage\(\{ title|pendingStepPage\("\w+", )/,
  };

  test.each(files("app/(portal)/**/page.tsx"))("%s is made by a page wrapper", (file) => {
    const text = read(file);
    expect(text).toMatch(file.includes("[orgId]") ? wrappers.org : wrappers.account);
    expect(text, "the wrapper answers 403 and 404, which notFound() and forbidden() leave blank without script").not.toMatch(
      /\b(?:notFound|forbidden|unauthorized)\(/,
    );
  });

  test.each(files("app/**/layout.tsx"))("%s decides about nobody's access", (file) => {
    expect(read(file)).not.toMatch(/\b(?:can|redirect|currentActor|activeSession|sessionStatus)\(/);
  });

  test.each(files("app/(portal)/**/route.ts"))("%s", (file) => {
    const wrappers = /export const GET = (?:endpoint|csvDownload|fileDownload)\(|await (?:require(?:RecentAuthFromRequest|DownloadContext)|handleAccountLinkCallback)\(/;
    expect(read(file)).toMatch(wrappers);
    expect(read(file), "routes are read-only").not.toMatch(
      /export (?:const|async function|function) (?:POST|PUT|PATCH|DELETE)/,
    );
  });

  test("the public routes are the listed ones", () => {
    const open = files("app/**/route.ts").filter((file) => !file.startsWith("app/(portal)/"));
    expect(open).toEqual([
      "app/(auth)/google/callback/route.ts",
      "app/api/[...path]/route.ts",
      "app/api/health/live/route.ts",
      "app/api/health/ready/route.ts",
      "app/mailbox/[emailId]/route.ts",
    ]);
  });
});

const sharedFiles = ["index.ts", "email-layout.tsx", "define-email.ts", "theme.ts", "safe-text.ts"];

test("every email template is registered under its file name", () => {
  const written = files("emails/*.{ts,tsx}")
    .map((file) => path.basename(file))
    .filter((file) => !sharedFiles.includes(file));
  expect(written.map((file) => file.replace(/\.tsx$/, "")).sort()).toEqual(Object.keys(emailTemplates).sort());
});
