import { fileColumns } from "@/components/table/columns";
import { ExportTemplates } from "@/lib/templates/schema";
import { csvDownload } from "@/lib/web/download";
import { exportWlanTemplates } from "@/lib/wlan-templates/commands";
import { templateColumns } from "../../templates/columns";

export const GET = csvDownload({
  name: "wlan-templates",
  input: ExportTemplates,
  open: exportWlanTemplates,
  row: (template) => template,
  columns: (params) => fileColumns(templateColumns("wlan-templates", ""), params),
});
