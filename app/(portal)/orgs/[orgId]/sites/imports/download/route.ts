import { fileColumns } from "@/components/table/columns";
import { exportSiteImports } from "@/lib/site-imports/commands";
import { ExportSiteImports } from "@/lib/site-imports/schema";
import { csvDownload } from "@/lib/web/download";
import { siteImportColumns } from "../columns";
import { toSiteImportRow } from "../site-import-row";

export const GET = csvDownload({
  name: "site-imports",
  input: ExportSiteImports,
  open: exportSiteImports,
  row: (siteImport) => toSiteImportRow(siteImport),
  columns: (params) => fileColumns(siteImportColumns(""), params),
});
