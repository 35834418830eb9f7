import { fileColumns } from "@/components/table/columns";
import { exportDeviceProfiles } from "@/lib/device-profiles/commands";
import { ExportTemplates } from "@/lib/templates/schema";
import { csvDownload } from "@/lib/web/download";
import { templateColumns } from "../../templates/columns";

export const GET = csvDownload({
  name: "device-profiles",
  input: ExportTemplates,
  open: exportDeviceProfiles,
  row: (template) => template,
  columns: (params) => fileColumns(templateColumns("device-profiles", ""), params),
});
