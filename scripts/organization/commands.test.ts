import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { listAuditEntries, newSuperUser } from "@/lib/testing/fixtures";
import { runOrganizationCommand } from "./commands";

const folder = mkdtempSync(path.join(tmpdir(), "organization-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (text: string) => {
  const file = path.join(folder, "document.yaml");
  writeFileSync(file, text);
  return file;
};
const as = ["--as", "Ida Holm"];

test("ORG-31: on the command line of the server an organization is exported, and a document is imported after its plan, by staff under their name", async () => {
  const { orgId } = await newSuperUser();
  const exported = await runOrganizationCommand(["export", orgId, ...as]);
  const file = fileOf(exported.replace("sitegroups: []", "sitegroups:\n  - name: Ports"));
  expect(await runOrganizationCommand(["import", orgId, file, ...as])).toBe("Site group Ports: added\nNothing is changed yet. Add --apply to import the document.\n");
  expect(await runOrganizationCommand(["export", orgId, ...as])).toBe(exported);
  expect(await runOrganizationCommand(["import", orgId, file, "--apply", ...as])).toBe("Site group Ports: added\nImported.\n");
  expect(await runOrganizationCommand(["import", orgId, file, "--apply", ...as])).toMatch(/^Nothing to change/);
  const [entry] = await listAuditEntries({ orgId });
  expect(entry).toMatchObject({ name: "organization.imported", actorKind: "staff", message: expect.stringContaining("1 site group added") });
  expect(await runOrganizationCommand(["import", orgId, fileOf("format_version: 1\nsitegroups: []\n"), "--remove", "--apply", ...as])).toContain("Site group Ports: removed");
});

test.each([
  ["nobody's name", (id: string) => ["export", id], "--as"],
  ["an organization that does not exist", () => ["export", "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80", ...as], "There is no organization with the id"],
  ["no id", () => ["export", "Tidewater", ...as], "id of an organization"],
  ["no command", () => [...as], "Usage:"],
  ["an export that is applied", (id: string) => ["export", id, "--apply", ...as], "Usage:"],
  ["a document of more than 256 kB", (id: string) => ["import", id, fileOf("#".repeat(300_000)), ...as], "larger than 256 kB"],
  ["a document that cannot be read", (id: string) => ["import", id, fileOf("format_version: 1\nsites: *a\n"), "--apply", ...as], "Line 2: aliases"],
])("ORG-31: the command line refuses %s", async (_, args, message) => {
  const { orgId } = await newSuperUser();
  const refusal = await runOrganizationCommand(args(orgId)).then(String, (error: { message: string; fields?: Record<string, string[]> }) => Object.values(error.fields ?? {}).flat()[0] ?? error.message);
  expect(refusal).toContain(message);
});
