import { fileColumns } from "@/components/table/columns";
import { exportSiteGroups } from "@/lib/site-groups/commands";
import { ExportSiteGroups } from "@/lib/site-groups/schema";
import { csvDownload } from "@/lib/web/download";
import { siteGroupColumns } from "../columns";

export const GET = csvDownload({
  name: "site-groups",
  input: ExportSiteGroups,
  open: exportSiteGroups,
  row: (siteGroup) => siteGroup,
  columns: (params) => fileColumns(siteGroupColumns(""), params),
});
