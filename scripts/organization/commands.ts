import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { exportOnServer } from "@/lib/organization-documents/commands";
import { importOnServer } from "@/lib/organization-import/commands";
import { maxDocumentSize, tooLong } from "@/lib/organization-import/schema";
import { AppError } from "@/lib/shared/app-error";
import { staffActor } from "@/lib/staff/rules";

export const usage = `Usage: npm run organization -- <command> --as "Your name"

  export <organization id>                                write the organization as YAML
  import <organization id> <file> [--remove] [--apply]    show what importing a document would change

  --apply     import the document
  --remove    also remove what the document lacks, within the parts that it has`;

function readDocument(file: string): string {
  if (statSync(file).size > maxDocumentSize) throw new AppError("invalid", tooLong);
  return readFileSync(file, "utf8");
}

/** Exports an organization, or imports a document into one; returns what is printed. */
export async function runOrganizationCommand(args: string[]): Promise<string> {
  const options = { as: { type: "string" }, apply: { type: "boolean" }, remove: { type: "boolean" } } as const;
  const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
  const [name, orgId = "", file = "", ...more] = positionals;
  const isExport = name === "export" && file === "" && !values.apply && !values.remove;
  if (more.length > 0 || !(isExport || (name === "import" && file !== ""))) throw new AppError("invalid", usage);
  const staff = staffActor(values.as ?? "");
  if (isExport) return exportOnServer(staff, orgId, {});
  const { results } = await importOnServer(staff, orgId, { document: readDocument(file), remove: values.remove ? "true" : undefined, apply: values.apply ?? false });
  if (results.length === 0) return "Nothing to change: the organization is as the document says.\n";
  const end = values.apply ? "Imported." : "Nothing is changed yet. Add --apply to import the document.";
  return `${results.map((item) => `${item.name}: ${item.text}`).join("\n")}\n${end}\n`;
}
