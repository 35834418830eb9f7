import { fileColumns } from "@/components/table/columns";
import { exportSites } from "@/lib/sites/commands";
import { ExportSites } from "@/lib/sites/schema";
import { csvDownload } from "@/lib/web/download";
import { siteColumns } from "../columns";
import { toSiteRow } from "../site-row";

export const GET = csvDownload({
  name: "sites",
  input: ExportSites,
  open: exportSites,
  row: toSiteRow,
  columns: (params) => fileColumns(siteColumns(""), params),
});
