import { fileColumns } from "@/components/table/columns";
import { exportRfTemplates } from "@/lib/rf-templates/commands";
import { ExportTemplates } from "@/lib/templates/schema";
import { csvDownload } from "@/lib/web/download";
import { templateColumns } from "../../templates/columns";

export const GET = csvDownload({
  name: "rf-templates",
  input: ExportTemplates,
  open: exportRfTemplates,
  row: (template) => template,
  columns: (params) => fileColumns(templateColumns("rf-templates", ""), params),
});
