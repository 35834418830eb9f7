import { fileColumns } from "@/components/table/columns";
import { exportAdministrators } from "@/lib/administrators/commands";
import type { Administrator } from "@/lib/administrators/queries";
import { ExportAdministrators } from "@/lib/administrators/schema";
import { csvDownload } from "@/lib/web/download";
import { toAdministratorRow } from "../administrator-row";
import { administratorColumns } from "../columns";

export const GET = csvDownload({
  name: "administrators",
  input: ExportAdministrators,
  open: exportAdministrators,
  row: (administrator: Administrator) => toAdministratorRow(administrator),
  columns: (params) => fileColumns(administratorColumns(""), params),
});
